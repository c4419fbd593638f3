// shop/simulator/picture_pets.cpp -- food bags, beds and drinking fountains.
#include "shop/simulator/pen.h"

namespace kindling::shop::simulator {
namespace {

void face(Pen& pen, double x, double y, double k, bool cat, std::uint32_t rgb) {
    pen.begin_group(fmt::format("translate({:.0f} {:.0f}) scale({:.2f})", x, y, k));
    auto const fill = hex(rgb), dark = hex(shade(rgb, -0.35));
    if (cat) pen.path("M-70-30L-62-104L-20-66ZM70-30L62-104L20-66Z", fill), pen.path("M-60-46L-56-84L-34-64ZM60-46L56-84L34-64Z", "#e9b7a8");
    else pen.path("M-58-60C-120-60-120 40-84 56C-60 40-56-10-50-40ZM58-60C120-60 120 40 84 56C60 40 56-10 50-40Z", dark);
    pen.ellipse(0, 0, 78, 70, fill);
    pen.ellipse(0, 26, 36, 28, "#f7efe2");
    pen.ellipse(-30, -8, 9, 11, "#2b2624"), pen.ellipse(30, -8, 9, 11, "#2b2624"), pen.ellipse(-33, -12, 3, 3, "#fff"), pen.ellipse(27, -12, 3, 3, "#fff");
    pen.path("M-12 12Q0 6 12 12Q8 24 0 26Q-8 24-12 12Z", "#4a3a34");
    pen.stroke("M0 26V34M0 34Q-10 44-20 36M0 34Q10 44 20 36", "#4a3a34", 3.5);
    if (cat) pen.stroke("M-44 22l-40-6M-44 32l-40 6M44 22l40-6M44 32l40 6", "#4a3a34", 2);
    pen.end_group();
}

void food(Pen& pen) {
    auto const cat = pen.form() != 2;
    static constexpr std::uint32_t bags[] = {0xC9B48A, 0xD98A4E, 0xE39A86, 0x6F9A78, 0xA2564A, 0x5B84B1};
    auto const rgb = shade(bags[pen.pattern() < 6 ? pen.pattern() : 0], pen.random.uniform(-0.12, 0.14));
    static constexpr std::uint32_t coats[] = {0xE0B184, 0x9A9FA6, 0xC9A06C, 0xEAE3D8, 0x8A6A52};
    auto const grow = 50 * pen.picture.size, top = 236 - grow, w = 150 + grow * 0.5;
    pen.floor_shadow(400, 664, w * 1.3, 0.38);
    pen.path(fmt::format("M{0:.0f} {1:.0f}Q{2:.0f} 420 {3:.0f} 640Q400 676 {4:.0f} 640Q{5:.0f} 420 {6:.0f} {1:.0f}Z", 400 - w, top, 400 - w - 22, 400 - w + 8, 400 + w - 8, 400 + w + 22, 400 + w), pen.across(rgb, 0.6));
    pen.polygon(fmt::format("{:.0f},{:.0f} {:.0f},{:.0f} {:.0f},{:.0f} {:.0f},{:.0f}", 400 - w, top - 36, 400 + w, top - 36, 400 + w, top + 6, 400 - w, top + 6), hex(shade(rgb, -0.16)));
    pen.stroke(fmt::format("M{:.0f} {:.0f}H{:.0f}", 400 - w + 6, top - 14, 400 + w - 6), hex(shade(rgb, 0.3)), 3, "stroke-dasharray=\"4 7\"");
    pen.path(fmt::format("M{0:.0f} 330Q400 {2:.0f} {1:.0f} 330V560Q400 600 {0:.0f} 560Z", 400 - w + 18, 400 + w - 18, 268.0), "#fbf7ef", "opacity=\".94\"");
    face(pen, 400, 420, 1.0 + 0.2 * pen.picture.size, cat, coats[pen.random.below(5)]);
    pen.stroke("M340 530H460", hex(shade(rgb, -0.4)), 9), pen.stroke("M360 552H440", hex(shade(rgb, -0.2)), 5);
    pen.stroke(fmt::format("M{:.0f} {:.0f}Q{:.0f} 420 {:.0f} 610", 400 - w + 22, top + 30, 400 - w + 4, 400 - w + 28), "#fff", 9, "opacity=\".3\"");
    // Kibble, or a bowl of it.
    if (pen.random.chance(0.5)) {
        pen.path("M560 610H720L700 662Q640 676 580 662Z", pen.across(0xE8E2D8)), pen.ellipse(640, 610, 80, 17, hex(0xCFC6B8));
        for (int i = 0; i < 14; ++i) pen.ellipse(pen.random.uniform(580, 700), pen.random.uniform(594, 614), 11, 8, hex(i % 2 == 0 ? 0x9A6A3E : 0xB07E4A));
    } else for (int i = 0; i < 16; ++i) pen.ellipse(pen.random.uniform(560, 720), pen.random.uniform(640, 676), 12, 9, pen.random.chance(0.5) ? hex(0x9A6A3E) : hex(0xB5824E));
}

void bed(Pen& pen) {
    auto const rgb = pen.colour();
    auto const k = 200 + 60 * pen.picture.size;
    static constexpr std::uint32_t coats[] = {0xE0B184, 0x9A9FA6, 0xC9A06C, 0xEAE3D8, 0x8A6A52};
    auto const coat = coats[pen.random.below(5)];
    auto const cat = pen.random.chance(0.6);
    pen.floor_shadow(400, 656, k * 1.15, 0.34);
    if (pen.form() == 2) {
        pen.path(fmt::format("M{0:.0f} 640C{0:.0f} 300 {1:.0f} 250 400 250C{2:.0f} 250 {3:.0f} 300 {3:.0f} 640Q400 680 {0:.0f} 640Z", 400 - k, 400 - k * 0.6, 400 + k * 0.6, 400 + k), pen.ball(rgb));
        pen.ellipse(400, 540, k * 0.62, 118, hex(shade(rgb, -0.5)));
        face(pen, 400, 560, 0.8, cat, coat);
        pen.path(fmt::format("M{:.0f} 600Q400 700 {:.0f} 600Q{:.0f} 668 400 672Q{:.0f} 668 {:.0f} 600Z", 400 - k * 0.62, 400 + k * 0.62, 400 + k * 0.5, 400 - k * 0.5, 400 - k * 0.62), hex(shade(rgb, 0.12)));
        pen.ellipse(400 - k * 0.3, 330, 50, 24, "#fff", "opacity=\".18\"");
        return;
    }
    if (pen.form() == 4) {
        pen.rect(400 - k, 584, 2 * k, 70, 34, pen.down(shade(rgb, 0.2), shade(rgb, -0.2)));
        std::string quilts;
        for (double x = 400 - k + 50; x < 400 + k - 20; x += 56) quilts += fmt::format("M{:.0f} 590q10 30 0 58", x);
        pen.stroke(quilts, hex(shade(rgb, -0.3)), 3, "opacity=\".6\"");
        pen.ellipse(430, 548, 130, 52, hex(coat)), face(pen, 320, 520, 0.82, cat, coat);
        return;
    }
    if (pen.form() == 3) {
        pen.path(fmt::format("M{0:.0f} 620V440Q{0:.0f} 390 {1:.0f} 390H{2:.0f}Q{3:.0f} 390 {3:.0f} 440V620Z", 400 - k, 400 - k + 60, 400 + k - 60, 400 + k), pen.across(rgb, 0.5));
        pen.ellipse(430, 556, 130, 52, hex(coat)), face(pen, 330, 516, 0.82, cat, coat);
        pen.rect(400 - k + 20, 580, 2 * k - 40, 72, 30, pen.down(shade(rgb, 0.24), shade(rgb, -0.1)));
        for (double x : {400 - k - 14, 400 + k - 66}) pen.rect(x, 470, 80, 182, 38, pen.across(shade(rgb, 0.05), 0.7));
        return;
    }
    pen.ellipse(400, 560, k, 104, pen.ball(shade(rgb, -0.1)));
    pen.ellipse(400, 540, k * 0.72, 62, hex(shade(rgb, -0.4)));
    pen.ellipse(430, 534, 120, 50, hex(coat)), face(pen, 340, 500, 0.8, cat, coat);
    pen.path(fmt::format("M{0:.0f} 552C{1:.0f} 620 {2:.0f} 620 {3:.0f} 552C{3:.0f} 690 {0:.0f} 690 {0:.0f} 552Z", 400 - k, 400 - k * 0.5, 400 + k * 0.5, 400 + k), pen.down(shade(rgb, 0.24), shade(rgb, -0.16)));
    std::string tufts;
    for (double x = -0.9; x < 0.95; x += 0.14) tufts += fmt::format("M{:.0f} {:.0f}q8 14-2 26", 400 + x * k, 590 + 44 * (1 - x * x));
    pen.stroke(tufts, hex(shade(rgb, -0.22)), 4, "opacity=\".5\"");
}

void fountain(Pen& pen) {
    auto const rgb = pen.colour();
    auto const w = 150 + 40 * pen.picture.size;
    auto const round = pen.random.chance(0.5);
    auto const clear = pen.pattern() == 4;
    pen.floor_shadow(400, 656, w * 1.2, 0.36);
    pen.rect(400 - w, 420, 2 * w, 232, round ? 90 : 30, clear ? "#d8e8ee" : pen.across(rgb, 0.7), clear ? "opacity=\".85\"" : "");
    if (clear) pen.rect(400 - w + 8, 520, 2 * w - 16, 126, round ? 70 : 24, pen.down(0xBEDDEA, 0x8FBDD2), "opacity=\".9\"");
    pen.rect(400 - w, 600, 2 * w, 52, 24, hex(shade(rgb, -0.12)), "opacity=\".8\"");
    pen.ellipse(400, 424, w + 8, 44, pen.across(pen.pattern() == 1 ? 0xC4C8CE : shade(rgb, 0.14)));
    pen.ellipse(400, 420, w - 14, 32, hex(0x9CC6D8)), pen.ellipse(400, 418, w - 26, 26, pen.down(0xCBE8F2, 0x8FC2D8));
    pen.stroke(fmt::format("M{:.0f} 420q40-12 80 0M{:.0f} 428q40-10 70 0", 400 - w * 0.7, 400 + w * 0.2), "#fff", 4, "opacity=\".7\"");
    if (pen.form() == 1) pen.path("M372 416Q380 340 400 336Q420 340 428 416Z", pen.down(0xE9F7FC, 0x9CCBDE), "opacity=\".9\""), pen.ellipse(400, 342, 26, 17, "#f4fcff");
    else {
        pen.stroke("M400 416V300Q400 256 440 256Q474 256 474 290V306", pen.across(0xC4C8CE), 21);
        pen.path("M464 310h20q-2 60-6 104h-8q-4-44-6-104z", pen.down(0xE9F7FC, 0x9CCBDE), "opacity=\".9\"");
    }
    pen.ellipse(400, 560, 8, 8, hex(pen.random.chance(0.5) ? 0x7FCB8E : 0x7FB6E0));
    if (pen.random.chance(0.6)) face(pen, pen.random.chance(0.5) ? 170 : 640, 590, 0.74, pen.random.chance(0.7), 0xE0B184);
    pen.stroke(fmt::format("M{0:.0f} 480V580", 400 - w + 28), "#fff", 9, "opacity=\".35\"");
}

}  // namespace

void draw_pets(Pen& pen) {
    switch (pen.picture.shape) {
        case Shape::pet_food: return food(pen);
        case Shape::pet_bed: return bed(pen);
        default: return fountain(pen);
    }
}

}  // namespace kindling::shop::simulator
