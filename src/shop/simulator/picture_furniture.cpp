// shop/simulator/picture_furniture.cpp -- desks, chairs and shelves.
#include "shop/simulator/pen.h"

namespace kindling::shop::simulator {
namespace {

void desk(Pen& pen) {
    auto const rgb = pen.colour();
    static constexpr std::uint32_t tops[] = {0xC9A06C, 0xC9A06C, 0x7B5238, 0xD9BE8A, 0xEAE7E2, 0xCFE0E4};
    auto const top = tops[pen.pattern() < 6 ? pen.pattern() : 0];
    auto const w = 218 + 60 * pen.picture.size, y = pen.form() == 1 || pen.form() == 2 ? 350.0 : 400.0;
    auto const leg_rgb = pen.form() == 3 && pen.random.chance(0.4) ? shade(0xA9764A, 0.05) : rgb;
    auto const leg = pen.across(leg_rgb, 0.8);
    pen.floor_shadow(400, 684, w * 1.05, 0.3);
    if (pen.form() == 1 || pen.form() == 2) {
        for (double x : {400 - w * 0.66, 400 + w * 0.66}) {
            pen.rect(x - 16, y + 20, 32, 200, 4, pen.across(shade(leg_rgb, 0.12), 0.8)), pen.rect(x - 22, y + 150, 44, 172, 5, leg), pen.rect(x - 76, 664, 152, 18, 8, leg);
        }
        pen.rect(400 - w * 0.6, y + 26, w * 1.2, 16, 4, hex(shade(leg_rgb, -0.3)));
        pen.rect(400 + w * 0.4, y + 32, 84, 18, 8, hex(0x33353A));
    } else {
        for (int side : {-1, 1}) {
            auto const x = 400 + side * (w - 34);
            pen.polygon(fmt::format("{:.0f},{:.0f} {:.0f},{:.0f} {:.0f},682 {:.0f},682", x - 14, y + 20, x + 14, y + 20, x + side * 16 + 9, x + side * 16 - 9), leg);
            pen.polygon(fmt::format("{:.0f},{:.0f} {:.0f},{:.0f} {:.0f},652 {:.0f},652", x - side * 40 - 9, y + 20, x - side * 40 + 9, y + 20, x - side * 34 + 6, x - side * 34 - 6), hex(shade(leg_rgb, -0.25)), "opacity=\".85\"");
        }
        if (pen.random.chance(0.65)) {
            auto const dx = pen.random.chance(0.5) ? 400 - w + 70 : 400 + w - 230;
            pen.rect(dx, y + 22, 160, 62, 6, pen.down(shade(top, 0.02), shade(top, -0.2))), pen.rect(dx + 62, y + 46, 36, 9, 4, hex(0x3A3733));
        } else pen.rect(400 - w + 50, y + 560 - 400, 2 * w - 100, 14, 4, hex(shade(leg_rgb, -0.2)));
    }
    pen.polygon(fmt::format("{:.0f},{:.0f} {:.0f},{:.0f} {:.0f},{:.0f} {:.0f},{:.0f}", 400 - w + 46, y - 44, 400 + w - 46, y - 44, 400 + w, y, 400 - w, y), pen.diagonal(shade(top, 0.3), shade(top, 0.02)));
    pen.rect(400 - w, y, 2 * w, 22, 4, pen.down(shade(top, -0.06), shade(top, -0.26)));
    if (pen.pattern() <= 3) pen.stroke(fmt::format("M{0:.0f} {1:.0f}q{2:.0f} 6 {3:.0f} 0M{4:.0f} {5:.0f}q{2:.0f}-5 {3:.0f} 0", 400 - w + 66, y - 28, w * 0.8, w * 1.62, 400 - w + 36, y - 12), hex(shade(top, -0.3)), 2, "opacity=\".5\"");
    // A few things that give it scale.
    switch (pen.random.below(3)) {
        case 0: pen.rect(300, y - 128, 168, 96, 6, hex(0x33353A)), pen.rect(307, y - 121, 154, 80, 3, pen.diagonal(0x9DB9CF, 0x5F7F9C)), pen.polygon(fmt::format("284,{0:.0f} 484,{0:.0f} 498,{1:.0f} 270,{1:.0f}", y - 32, y - 18), hex(0xB9BEC5)); break;
        case 1: pen.rect(318, y - 60, 22, 38, 6, hex(0xE8E2D8)), pen.stroke(fmt::format("M329 {0:.0f}c-20-30-34-44-40-64M329 {0:.0f}c0-40 6-60 4-88M329 {0:.0f}c16-30 30-40 42-56", y - 58), hex(0x6F9A78), 9), pen.rect(430, y - 34, 96, 14, 3, hex(0xD9785B)), pen.rect(438, y - 46, 80, 12, 3, hex(0x5B84B1)); break;
        default: pen.rect(268, y - 96, 20, 68, 3, hex(0xD9785B)), pen.rect(290, y - 104, 16, 76, 3, hex(0xE0A93B)), pen.rect(308, y - 90, 22, 62, 3, hex(0x5B84B1)), pen.rect(460, y - 60, 40, 36, 8, hex(0xF0EBE2)), pen.stroke(fmt::format("M500 {:.0f}q18 2 0 20", y - 52), hex(0xE0D9CC), 6);
    }
}

void chair(Pen& pen) {
    auto const rgb = pen.colour();
    auto const kind = pen.form();
    auto const fill = pen.diagonal(shade(rgb, 0.2), shade(rgb, -0.2));
    if (kind <= 2) {
        auto const metal = pen.across(pen.random.chance(0.5) ? 0xB9BEC5 : 0x3A3C40);
        pen.floor_shadow(400, 700, 190, 0.32);
        pen.rect(388, 530, 24, 116, 4, metal);
        pen.stroke("M400 636L236 682M400 636L564 682M400 636L330 700M400 636L470 700", metal, 15);
        for (auto [x, y] : {std::pair{236, 692}, {564, 692}, {330, 708}, {470, 708}}) pen.ellipse(x, y, 14, 14, pen.ball(0x33353A));
        pen.stroke("M470 520C520 500 516 420 500 330", hex(0x33353A), 15);
        if (kind == 1) {
            pen.rect(318, 108, 164, 70, 30, fill);
            pen.stroke("M400 170V230", hex(0x33353A), 15);
            pen.path("M300 240Q300 206 336 204H464Q500 206 500 240L488 430Q484 456 458 456H342Q316 456 312 430Z", fill);
            std::string mesh;
            for (double x = 322; x < 490; x += 14) mesh += fmt::format("M{:.0f} 216V446", x);
            for (double y = 220; y < 446; y += 14) mesh += fmt::format("M306 {:.0f}H494", y);
            pen.stroke(mesh, hex(shade(rgb, -0.4)), 1.6, "opacity=\".45\"");
            pen.rect(322, 384, 156, 54, 24, hex(shade(rgb, -0.25)));
        } else {
            auto const high = pen.random.uniform(190, 250);
            pen.path(fmt::format("M306 {0:.0f}Q306 {1:.0f} 344 {1:.0f}H456Q494 {1:.0f} 494 {0:.0f}L486 446Q480 468 456 468H344Q320 468 314 446Z", high + 40, high), fill);
            pen.stroke(fmt::format("M330 {0:.0f}Q400 {1:.0f} 470 {0:.0f}", high + 90, high + 104), hex(shade(rgb, -0.3)), 3, "opacity=\".6\"");
        }
        if (pen.pattern() != 3)
            for (int side : {-1, 1}) pen.stroke(fmt::format("M{0:.0f} 520V430", 400 + side * 126.0), hex(0x3A3C40), 13), pen.rect(400 + side * 126 - 38, 414, 76, 20, 10, hex(0x2E3034));
        pen.path("M270 500Q270 474 304 474H496Q530 474 530 500V516Q530 548 488 548H312Q270 548 270 516Z", pen.down(shade(rgb, 0.14), shade(rgb, -0.22)));
    } else {
        auto const wood = 0xA9764Au;
        auto const leg = pen.random.chance(0.7) ? pen.across(wood) : pen.across(0x33353A);
        auto const lounge = kind == 4;
        pen.floor_shadow(400, 694, 196, 0.32);
        pen.stroke(lounge ? "M300 540L264 690M500 540L536 690M330 540L320 660M470 540L480 660" : "M306 500L276 690M494 500L524 690M336 500L328 664M464 500L472 664", leg, 15);
        if (lounge) {
            pen.path("M266 250Q266 190 330 190H470Q534 190 534 250L522 470H278Z", fill);
            pen.path("M232 360Q232 330 262 330Q292 330 292 360V520H508V360Q508 330 538 330Q568 330 568 360V540Q568 570 538 570H262Q232 570 232 540Z", pen.across(shade(rgb, -0.05), 0.6));
            pen.rect(288, 452, 224, 70, 26, pen.down(shade(rgb, 0.22), shade(rgb, -0.06)));
            pen.stroke("M330 250h.1M400 250h.1M470 250h.1M364 310h.1M436 310h.1", hex(shade(rgb, -0.4)), 9);
        } else {
            pen.stroke("M318 490L310 240M482 490L490 240", leg, 13);
            if (pen.random.chance(0.5)) pen.path("M290 220Q400 190 510 220L506 330Q400 306 294 330Z", fill);
            else { pen.stroke("M304 240Q400 214 496 240", leg, 20); pen.stroke("M350 236V480M400 230V480M450 236V480", leg, 9); }
            pen.path("M276 480Q400 456 524 480L530 508Q400 536 270 508Z", pen.down(shade(rgb, 0.22), shade(rgb, -0.2)));
        }
    }
}

void shelf(Pen& pen) {
    auto const rgb = pen.colour();
    auto const tiers = 3 + static_cast<int>(pen.picture.size * 3.01);
    auto const w = 140 + 50 * pen.random.uniform(), top = 640 - tiers * 100.0 + (tiers > 4 ? (tiers - 4) * 22.0 : 0), step = (656 - top) / tiers;
    static constexpr std::uint32_t woods[] = {0xC9A06C, 0xDDB985, 0, 0xC9A06C, 0xD2B87F, 0xC4C8CE};
    auto const material = pen.pattern() < 6 && woods[pen.pattern()] != 0 ? woods[pen.pattern()] : rgb;
    pen.floor_shadow(400, 692, w * 1.2, 0.3);
    auto const post = pen.across(rgb, 0.8);
    for (double x : {400 - w, 400 + w - 14}) pen.rect(x, top - 24, 14, 700 - top, 4, post);
    for (double x : {400 - w + 34, 400 + w - 44}) pen.rect(x, top - 40, 10, 690 - top, 3, hex(shade(rgb, -0.3)), "opacity=\".7\"");
    static constexpr std::uint32_t things[] = {0xD9785B, 0x5B84B1, 0xE0A93B, 0x6F9A78, 0xC9B6A0, 0x8C6A8E, 0xE8E2D8};
    for (int i = 0; i <= tiers; ++i) {
        auto const y = top + i * step;
        if (i > 0) {
            auto x = 400 - w + 26;
            while (x < 400 + w - 60) {
                auto const kind = pen.random.below(5);
                auto const c = things[pen.random.below(std::size(things))];
                auto const room = step - 26;
                if (kind < 2) for (int b = 0; b < 4 && x < 400 + w - 40; ++b) { auto const h = room * pen.random.uniform(0.5, 0.85), bw = pen.random.uniform(11, 19); pen.rect(x, y - h, bw, h, 2, hex(shade(things[pen.random.below(std::size(things))], -0.05))); x += bw + 2; }
                else if (kind == 2) { pen.rect(x, y - room * 0.55, 62, room * 0.55, 6, pen.down(shade(c, 0.15), shade(c, -0.12))); x += 70; }
                else if (kind == 3) { pen.rect(x + 6, y - 30, 30, 30, 6, hex(0xE8E2D8)); pen.stroke(fmt::format("M{0:.0f} {1:.0f}c-14-16-16-24-20-34M{0:.0f} {1:.0f}c0-20 2-28 2-40M{0:.0f} {1:.0f}c12-14 16-20 22-30", x + 21, y - 30), hex(0x6F9A78), 7); x += 50; }
                else x += 34;
                x += 10;
            }
        }
        pen.polygon(fmt::format("{:.0f},{:.0f} {:.0f},{:.0f} {:.0f},{:.0f} {:.0f},{:.0f}", 400 - w + 20, y - 12, 400 + w - 20, y - 12, 400 + w, y, 400 - w, y), hex(shade(material, 0.2)), "opacity=\".55\"");
        pen.rect(400 - w, y, 2 * w, 15, 3, pen.down(shade(material, 0.05), shade(material, -0.22)));
    }
    if (pen.form() == 3) for (double x : {400 - w + 8, 400 + w - 8}) pen.ellipse(x, 684, 15, 15, pen.ball(0x33353A));
}

}  // namespace

void draw_furniture(Pen& pen) {
    switch (pen.picture.shape) {
        case Shape::desk: return desk(pen);
        case Shape::chair: return chair(pen);
        default: return shelf(pen);
    }
}

}  // namespace kindling::shop::simulator
