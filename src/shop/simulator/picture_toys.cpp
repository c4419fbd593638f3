// shop/simulator/picture_toys.cpp -- building blocks, soft toys and puzzles.
#include "shop/simulator/pen.h"
#include <array>

namespace kindling::shop::simulator {
namespace {

constexpr std::uint32_t bright[] = {0xD9785B, 0x5B84B1, 0xE0A93B, 0x6F9A78, 0xE9C7B0, 0x8C6A8E, 0x4E9AA6};

void blocks(Pen& pen) {
    pen.floor_shadow(400, 668, 250, 0.34);
    auto const wood = pen.pattern() == 2, studs = pen.pattern() == 1 || pen.pattern() == 0, magnet = pen.pattern() == 3;
    auto const unit = pen.random.uniform(54, 66), base = 660.0;
    auto const block = [&](double x, double y, double w, double h, std::uint32_t c) {
        if (wood && pen.random.chance(0.4)) c = 0xD9B88A;
        if (magnet) { pen.rect(x, y, w, h, 8, hex(c), "opacity=\".72\""); pen.rect(x + 8, y + 8, w - 16, h - 16, 5, "none", "stroke=\"#fff\" stroke-width=\"4\" opacity=\".7\""); return; }
        pen.polygon(fmt::format("{:.0f},{:.0f} {:.0f},{:.0f} {:.0f},{:.0f} {:.0f},{:.0f}", x, y, x + 18, y - 14, x + w + 18, y - 14, x + w, y), hex(shade(c, 0.3)));
        pen.polygon(fmt::format("{:.0f},{:.0f} {:.0f},{:.0f} {:.0f},{:.0f} {:.0f},{:.0f}", x + w, y, x + w + 18, y - 14, x + w + 18, y + h - 14, x + w, y + h), hex(shade(c, -0.3)));
        pen.rect(x, y, w, h, wood ? 5 : 2, pen.diagonal(shade(c, 0.12), shade(c, -0.1)));
        if (studs) for (double sx = x + unit * 0.28; sx < x + w - 8; sx += unit * 0.5) { pen.rect(sx - 6, y - 20, 24, 13, 3, hex(shade(c, 0.1))); pen.ellipse(sx + 6, y - 20, 12, 4, hex(shade(c, 0.4))); }
    };
    auto const any = [&] { return bright[pen.random.below(std::size(bright))]; };
    auto const columns = 6;
    auto const left = 400 - columns * unit / 2;
    std::array<int, 6> height{};
    switch (pen.form()) {
        case 2: height = {1, 2, 6, 6, 2, 1}; break;
        case 4: height = {2, 4, 5, 5, 4, 2}; break;
        case 3: height = {1, 3, 3, 1, 2, 1}; break;
        default: for (auto& h : height) h = 1 + static_cast<int>(pen.random.below(5));
    }
    for (int level = 0; level < 7; ++level)
        for (int c = 0; c < columns;) {
            if (height[static_cast<std::size_t>(c)] <= level) { ++c; continue; }
            auto const two = c + 1 < columns && height[static_cast<std::size_t>(c) + 1] > level && pen.random.chance(0.6);
            block(left + c * unit, base - (level + 1) * unit, unit * (two ? 2 : 1), unit, any());
            c += two ? 2 : 1;
        }
    auto const peak = [&](int c) { return base - height[static_cast<std::size_t>(c)] * unit; };
    if (pen.form() == 2) pen.path(fmt::format("M{0:.0f} {1:.0f}q{2:.0f}-150 {3:.0f} 0z", left + 2 * unit, peak(2), unit, 2 * unit), pen.across(0xD9785B)), pen.path(fmt::format("M{0:.0f} {1:.0f}l-40 46h40zM{2:.0f} {1:.0f}l40 46h-40z", left + 2 * unit, base - 2 * unit - 46, left + 4 * unit), hex(0x5B84B1));
    if (pen.form() == 4 || pen.form() == 1 || pen.form() == 3) for (int c : {0, 2, 4}) {
        auto const w = pen.form() == 4 ? 26.0 : 0.0;
        pen.path(fmt::format("M{0:.0f} {1:.0f}Q{2:.0f} {3:.0f} {2:.0f} {4:.0f}Q{2:.0f} {3:.0f} {5:.0f} {1:.0f}Z", left + c * unit - w, std::min(peak(c), peak(c + 1)), left + (c + 1) * unit, std::min(peak(c), peak(c + 1)) - 10, std::min(peak(c), peak(c + 1)) - 70, left + (c + 2) * unit + w), hex(pen.form() == 4 ? 0x4E6E62 : any()));
    }
    // A few spare pieces in front.
    block(150, 620, 58, 40, any());
    block(592, 632, 44, 30, any());
}

void plush(Pen& pen) {
    auto const animal = pen.form();
    auto const rgb = animal == 5 ? 0xF4F2EE : pen.colour();
    auto const soft = pen.ball(rgb), dark = animal == 5 ? hex(0x35322F) : hex(shade(rgb, -0.2)), inner = hex(animal == 5 ? 0x35322F : shade(0xE9B7A8, 0.2)), nose = hex(0x4A3A34);
    auto const k = 0.84 + 0.2 * pen.picture.size;
    pen.floor_shadow(400, 674, 200 * k, 0.36);
    pen.begin_group(fmt::format("translate({:.1f} {:.1f}) scale({:.3f})", 400 * (1 - k), 676 * (1 - k), k));
    if (animal == 6) {
        pen.ellipse(420, 560, 240, 112, soft), pen.path("M640 560c60-50 90-40 84-6c34 10 26 40-10 44c-30 2-60-8-80-30z", hex(shade(rgb, -0.12)));
        pen.ellipse(270, 500, 128, 118, soft), pen.path("M360 640c30 30 90 36 120 10c-30-30-80-34-120-10z", hex(shade(rgb, -0.15)));
        pen.ellipse(220, 490, 12, 16, nose), pen.ellipse(318, 490, 12, 16, nose), pen.ellipse(216, 484, 4, 5, "#fff"), pen.ellipse(314, 484, 4, 5, "#fff");
        pen.ellipse(268, 526, 15, 10, nose), pen.stroke("M268 534q-12 16-26 8M268 534q12 16 26 8", nose, 4);
        pen.stroke("M196 536l-50-8M198 548l-48 8M342 536l50-8M340 548l48 8", hex(shade(rgb, -0.4)), 2.5);
        pen.ellipse(190, 530, 18, 11, "#e9a79a", "opacity=\".5\""), pen.ellipse(346, 530, 18, 11, "#e9a79a", "opacity=\".5\"");
        pen.end_group();
        return;
    }
    // Body, legs, arms.
    pen.ellipse(296, 640, 62, 40, animal == 5 ? dark : soft), pen.ellipse(504, 640, 62, 40, animal == 5 ? dark : soft);
    pen.ellipse(400, 546, 128, 132, soft);
    pen.ellipse(400, 566, 80, 88, hex(shade(rgb, 0.35)), "opacity=\".7\"");
    for (int side : {-1, 1}) {
        pen.begin_group(fmt::format("rotate({} {} 500)", side * -24, 400 + side * 128));
        pen.ellipse(400 + side * 128, 530, 38, 82, animal == 5 ? dark : soft);
        pen.end_group();
        pen.ellipse(400 + side * 104, 644, 30, 24, hex(animal == 5 ? 0x55504B : shade(rgb, 0.3)), "opacity=\".85\"");
    }
    // Ears.
    for (int side : {-1, 1}) {
        auto const x = 400.0 + side * 94;
        if (animal == 2) {
            pen.begin_group(fmt::format("rotate({} {:.0f} 250)", side * (pen.random.chance(0.3) ? 34 : 12), 400.0 + side * 52));
            pen.ellipse(400 + side * 56, 166, 36, 116, soft), pen.ellipse(400 + side * 56, 172, 18, 84, inner);
            pen.end_group();
        } else if (animal == 3) pen.path(fmt::format("M{0:.0f} 236C{1:.0f} 230 {2:.0f} 330 {3:.0f} 420C{4:.0f} 430 {5:.0f} 340 {0:.0f} 236Z", 400.0 + side * 70, 400.0 + side * 150, 400.0 + side * 190, 400.0 + side * 160, 400.0 + side * 110, 400.0 + side * 110), dark);
        else if (animal == 4) pen.path(fmt::format("M{:.0f} 270L{:.0f} 156L{:.0f} 236Z", 400.0 + side * 126, 400.0 + side * 118, 400.0 + side * 40), soft), pen.path(fmt::format("M{:.0f} 250L{:.0f} 184L{:.0f} 232Z", 400.0 + side * 112, 400.0 + side * 108, 400.0 + side * 64), inner);
        else pen.ellipse(x, 232, 46, 46, animal == 5 ? dark : soft), pen.ellipse(x, 236, 24, 24, inner);
    }
    pen.ellipse(400, 330, 142, 124, soft);
    if (animal == 5) for (int side : {-1, 1}) { pen.begin_group(fmt::format("rotate({} {} 326)", side * 24, 400 + side * 56)); pen.ellipse(400 + side * 56, 326, 28, 38, dark); pen.end_group(); }
    else pen.ellipse(400, 370, 56, 44, hex(shade(rgb, 0.45)), "opacity=\".9\"");
    for (int side : {-1, 1}) {
        pen.ellipse(400 + side * 56, 326, 13, 15, hex(0x2B2624)), pen.ellipse(396 + side * 56, 320, 5, 5, "#fff");
        pen.ellipse(400 + side * 88, 366, 19, 12, "#e9a79a", "opacity=\".45\"");
    }
    pen.path("M382 352Q400 342 418 352Q412 372 400 374Q388 372 382 352Z", nose);
    pen.stroke("M400 374V388M400 388Q384 404 370 392M400 388Q416 404 430 392", nose, 4);
    if (animal == 4) pen.stroke("M318 364l-46-8M320 378l-46 6M482 364l46-8M480 378l46 6", hex(shade(rgb, -0.45)), 2.5);
    if (animal == 5) pen.stroke("M510 560L560 430", hex(0x7E9A6E), 11), pen.path("M556 440q40-30 50-4q-20 20-50 4zM548 470q-34-30-46-6q14 22 46 6z", hex(0x8FB07E));
    auto const accent = bright[pen.random.below(std::size(bright))];
    if (pen.pattern() == 3) pen.path("M276 470C320 500 480 500 524 470L536 610C480 640 320 640 264 610Z", pen.across(accent, 0.6)), pen.stroke("M282 500H518M276 540H524M270 580H530", "#fff", 5, "opacity=\".4\"");
    else pen.path("M330 444Q400 474 470 444L474 462Q400 496 326 462Z", hex(accent)), pen.path("M400 470l-42-22v46zM400 470l42-22v46z", hex(shade(accent, -0.1))), pen.ellipse(400, 470, 11, 11, hex(shade(accent, -0.25)));
    pen.end_group();
}

void puzzle(Pen& pen) {
    pen.floor_shadow(400, 690, 280, 0.3);
    auto const n = 5;
    auto const x0 = 170.0, y0 = 190.0, w = 460.0, h = 440.0;
    if (pen.pattern() == 1) pen.rect(x0 - 24, y0 - 24, w + 48, h + 48, 6, pen.diagonal(0xB98A5A, 0x8A6238));
    auto const frame = fmt::format("M{0} {1}h{2}v{3}h-{2}z", x0, y0, w, h);
    pen.begin_clip(frame);
    auto const sky = pen.random.below(3);
    switch (pen.form()) {
        case 3:  // landscape in blue and green
            pen.rect(x0, y0, w, h, 0, pen.down(0xF1E4C4, 0xD9CFAE));
            pen.path("M170 430L260 300L330 400L420 240L520 410L580 330L630 400V640H170Z", pen.down(0x4E8F8A, 0xA9C7A8)), pen.path("M170 520L250 440L340 520L450 410L560 520L630 460V640H170Z", pen.down(0x3C6E62, 0x8FB08A)), pen.path("M170 580q120-40 230 0t230-6V640H170Z", hex(0xC9D9D2)), pen.ellipse(540, 250, 32, 32, hex(0xD9785B)); break;
        case 2:  // map
            pen.rect(x0, y0, w, h, 0, pen.down(0x9CC6D8, 0x7FB0C8));
            pen.path("M200 270q60-40 120-10q20 40-20 60q-10 50-40 60q-10-40-40-50q-40-20-20-60z", hex(0xC9D08A)), pen.path("M300 420q40-10 50 40q-10 60-40 100q-20-60-30-90z", hex(0x8FB07E)), pen.path("M400 260q90-40 190 0q20 60-60 90q-30 40-60 0q-50 10-70-40z", hex(0xE0A93B), "opacity=\".85\""), pen.path("M410 390q50-20 70 20q0 60-40 100q-40-60-30-120z", hex(0xD9785B), "opacity=\".85\""), pen.path("M540 500q40-20 60 10q-10 40-50 30z", hex(0x8C6A8E), "opacity=\".8\""); break;
        case 5:  // stars
            pen.rect(x0, y0, w, h, 0, pen.down(0x1E2A4A, 0x4A5C8C));
            for (int i = 0; i < 5; ++i) { auto const x = pen.random.uniform(210, 590), y = pen.random.uniform(220, 420), r = pen.random.uniform(24, 50); pen.ellipse(x, y, r, r, pen.light(0xF6D27F, 0.95)), pen.ellipse(x, y, 8, 8, "#fff8dc"); }
            pen.stroke("M180 440q90-70 180-10t170-30t110 20M180 470q90-60 190 0t160-20t110 20", hex(0x8FA6D6), 11, "opacity=\".6\""), pen.path("M170 560L260 500L360 570L470 510L630 570V640H170Z", hex(0x22304A)); break;
        case 4:  // animals
            pen.rect(x0, y0, w, h, 0, pen.down(0xCBE3EA, 0xE9EFC8)), pen.path("M170 500q120-50 240 0t220-10V640H170Z", hex(0x8FB07E));
            for (auto [x, y, c] : {std::tuple{270, 490, 0xE0A93B}, {410, 520, 0x9A9FA6}, {540, 480, 0xD9785B}}) pen.ellipse(x, y, 52, 42, hex(static_cast<std::uint32_t>(c))), pen.ellipse(x - 44, y - 38, 30, 28, hex(shade(static_cast<std::uint32_t>(c), 0.12))), pen.ellipse(x - 52, y - 42, 4, 4, "#333"), pen.rect(x - 36, y + 26, 14, 44, 5, hex(static_cast<std::uint32_t>(c))), pen.rect(x + 22, y + 26, 14, 44, 5, hex(static_cast<std::uint32_t>(c)));
            pen.ellipse(560, 260, 38, 38, hex(0xF0D28C)); break;
        case 6:  // castle
            pen.rect(x0, y0, w, h, 0, pen.down(0xE9C7D6, 0xF6E7C8)), pen.path("M170 560q130-60 250-10t210-20V640H170Z", hex(0x8FB07E));
            for (auto [x, y] : {std::pair{280, 380}, {370, 320}, {460, 360}}) pen.rect(x, y, 64, 560.0 - y, 2, hex(0xF3EEE4)), pen.path(fmt::format("M{} {}l42-80l42 80z", x - 10, y), hex(0x8C6A8E)), pen.rect(x + 24, y + 40, 16, 28, 8, hex(0x5B84B1));
            break;
        default:  // a painting of water lilies
            pen.rect(x0, y0, w, h, 0, pen.down(sky == 0 ? 0x7FA8B8 : 0x8FA6C6, 0x4E7A72));
            for (int i = 0; i < 26; ++i) pen.ellipse(pen.random.uniform(180, 620), pen.random.uniform(260, 630), pen.random.uniform(18, 46), pen.random.uniform(6, 13), hex(i % 4 == 0 ? 0xE7B8C8 : i % 4 == 1 ? 0xC9D9A8 : 0x6F9A78), "opacity=\".8\"");
            for (int i = 0; i < 9; ++i) pen.stroke(fmt::format("M{0:.0f} 190q-10 70 8 {1:.0f}", pen.random.uniform(180, 620), pen.random.uniform(60, 150)), hex(0x7E9A6E), 7, "opacity=\".7\"");
    }
    pen.end_clip();
    // The cuts: straight runs with a knob in the middle.
    std::string cuts;
    auto const cw = w / n, ch = h / n;
    for (int i = 1; i < n; ++i) {
        cuts += fmt::format("M{:.0f} {:.0f}", x0, y0 + i * ch);
        for (int c = 0; c < n; ++c) { auto const s = (i + c) % 2 == 0 ? 1 : -1; cuts += fmt::format("h{0:.1f}c-10 {1} 28 {1} 18 0h{0:.1f}", cw / 2 - 9, s * 26); }
        cuts += fmt::format("M{:.0f} {:.0f}", x0 + i * cw, y0);
        for (int r = 0; r < n; ++r) { auto const s = (i + r) % 2 == 0 ? 1 : -1; cuts += fmt::format("v{0:.1f}c{1}-10 {1} 28 0 18v{0:.1f}", ch / 2 - 9, s * 26); }
    }
    // Loose corner piece.
    pen.stroke(cuts, "#2b2624", 2, "opacity=\".42\"");
    pen.path(fmt::format("M{:.0f} {:.0f}h{:.0f}v{:.0f}h-{:.0f}z", x0 + w - cw, y0 + h - ch, cw + 2, ch + 2, cw + 2), "#f3efe8");
    pen.begin_group("rotate(17 600 640)");
    pen.path("M556 596h34c-8-20 26-20 18 0h34v34c20-8 20 26 0 18v34h-86z", hex(bright[pen.random.below(std::size(bright))]), "stroke=\"#00000030\" stroke-width=\"2\"");
    pen.end_group();
}

}  // namespace

void draw_toys(Pen& pen) {
    switch (pen.picture.shape) {
        case Shape::blocks: return blocks(pen);
        case Shape::plush: return plush(pen);
        default: return puzzle(pen);
    }
}

}  // namespace kindling::shop::simulator
