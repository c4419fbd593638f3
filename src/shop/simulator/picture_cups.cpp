// shop/simulator/picture_cups.cpp -- vacuum flasks, mugs and children's bottles.
#include "shop/simulator/pen.h"

namespace kindling::shop::simulator {
namespace {

void thermos(Pen& pen) {
    auto const rgb = pen.colour();
    auto const w = 74 + 26 * pen.picture.size, top = 300 - 90 * pen.picture.size;
    auto const lid_rgb = pen.pattern() == 4 ? std::uint32_t{0xD9785B} : pen.random.chance(0.4) ? std::uint32_t{0x33353A} : shade(rgb, -0.25);
    pen.floor_shadow(400, 660, w * 1.5, 0.4);
    pen.rect(400 - w, top, 2 * w, 656 - top, 26, pen.across(rgb, pen.pattern() == 3 ? 1.25 : 0.95));
    pen.rect(400 - w, 612, 2 * w, 10, 0, "#000", "opacity=\".08\"");
    pen.rect(400 - w + 4, top - 16, 2 * w - 8, 22, 5, pen.across(0xC9CDD2));
    if (pen.form() == 1) {
        pen.rect(400 - w, top - 86, 2 * w, 76, 18, pen.across(lid_rgb)), pen.rect(400 + w - 16, top - 70, 22, 40, 7, hex(shade(lid_rgb, -0.3)));
        pen.stroke(fmt::format("M{0:.0f} {1:.0f}C{0:.0f} {2:.0f} {3:.0f} {2:.0f} {3:.0f} {1:.0f}", 400 - w * 0.5, top - 86, top - 142, 400 + w * 0.5), hex(lid_rgb), 13);
    } else if (pen.form() == 3) {
        pen.rect(400 - w, top - 64, 2 * w, 54, 14, pen.across(lid_rgb));
        pen.stroke(fmt::format("M384 {:.0f}V{:.0f}Q384 {:.0f} 420 {:.0f}", top - 60, top - 120, top - 150, top - 160), hex(shade(lid_rgb, 0.3)), 17);
    } else if (pen.form() == 4) {
        pen.rect(400 - w, top - 70, 2 * w, 60, 12, pen.across(lid_rgb));
        pen.rect(400 - w * 0.62, top - 98, w * 1.24, 30, 10, pen.across(shade(lid_rgb, 0.15)));
        pen.rect(400 - w + 22, top + 40, 2 * w - 44, 120, 20, "#e7f1ee", "opacity=\".35\"");
    } else {
        pen.rect(400 - w + 2, top - 96, 2 * w - 4, 84, 16, pen.across(lid_rgb));
        std::string ridges;
        for (double x = 400 - w + 16; x < 400 + w - 8; x += 14) ridges += fmt::format("M{:.0f} {:.0f}V{:.0f}", x, top - 82, top - 26);
        pen.stroke(ridges, hex(shade(lid_rgb, -0.3)), 3, "opacity=\".5\"");
    }
    switch (pen.random.below(4)) {
        case 0: pen.rect(400 - w, 500, 2 * w, 34, 0, "#fff", "opacity=\".3\""); break;
        case 1: pen.path(fmt::format("M{:.0f} 470Q400 430 {:.0f} 500V560Q400 500 {:.0f} 540Z", 400 - w, 400 + w, 400 - w), "#fff", "opacity=\".18\""); break;
        case 2: pen.ellipse(400, 470, 21, 21, "none", "stroke=\"#fff\" stroke-width=\"4\" opacity=\".6\""); pen.stroke("M400 458v24M388 470h24", "#fff", 3, "opacity=\".6\""); break;
        default: pen.rect(390, 440, 20, 80, 4, "#fff", "opacity=\".28\"");
    }
    pen.stroke(fmt::format("M{0:.0f} {1:.0f}V620", 400 - w * 0.52, top + 40), "#fff", 9, "opacity=\".3\"");
    if (pen.random.chance(0.25)) pen.stroke(fmt::format("M{:.0f} {:.0f}q70 60 26 150", 400 + w, top - 30), hex(0x8A6A4A), 11);
}

void mug(Pen& pen) {
    auto const rgb = pen.colour();
    auto const glass = pen.pattern() == 0;
    auto const w = 116 + 16 * pen.random.uniform(), top = 396 - 60 * pen.picture.size, foot = w - pen.random.uniform(2, 34);
    pen.floor_shadow(400, 644, w * 1.5, 0.4);
    if (pen.form() != 3) {
        auto const wide = pen.form() == 1 ? 92.0 : 64.0;
        pen.stroke(fmt::format("M{0:.0f} {1:.0f}C{2:.0f} {1:.0f} {2:.0f} {3:.0f} {4:.0f} {3:.0f}", 400 + w - 6, top + 44, 400 + w + wide + 20, 590.0, 400 + foot - 2), pen.diagonal(shade(rgb, 0.15), shade(rgb, -0.25)), 25);
    }
    auto const body = fmt::format("M{0:.0f} {1:.0f}H{2:.0f}L{3:.0f} 610Q{3:.0f} 642 {4:.0f} 642H{5:.0f}Q{6:.0f} 642 {6:.0f} 610Z", 400 - w, top, 400 + w, 400 + foot, 400 + foot - 36, 400 - foot + 36, 400 - foot);
    pen.path(body, pen.across(rgb, 0.7));
    pen.begin_clip(body);
    auto const dark = ((rgb >> 16 & 255) + (rgb >> 8 & 255) + (rgb & 255)) < 330;
    auto const accent = dark ? shade(rgb, 0.6) : shade(rgb, -0.4);
    if (pen.pattern() == 2) { pen.path(fmt::format("M200 {0:.0f}q50 40 100 6t100 10t100-8t100 6V{1:.0f}H200Z", top + 90 + 40 * pen.random.uniform(), top - 20), pen.down(accent, rgb), "opacity=\".75\""); for (int i = 0; i < 14; ++i) pen.ellipse(pen.random.uniform(280, 520), pen.random.uniform(top + 60, 630), 3, 3, hex(accent), "opacity=\".6\""); }
    if (pen.pattern() == 3) for (int i = 0; i < 7; ++i) {
        auto const x = 300 + i % 4 * 62.0 + pen.random.uniform(-10, 10), y = top + 80 + i / 4 * 110.0 + (i % 2) * 36;
        pen.stroke(fmt::format("M{0:.0f} {1:.0f}q4 30-6 52", x, y), hex(0x7E9A6E), 4);
        pen.stroke(fmt::format("M{:.0f} {:.0f}h.1M{:.0f} {:.0f}h.1M{:.0f} {:.0f}h.1M{:.0f} {:.0f}h.1", x - 9, y, x + 9, y, x, y - 9, x, y + 9), hex(0xD9785B), 13), pen.ellipse(x, y, 5, 5, hex(0xF0D28C));
    }
    if (pen.pattern() == 4) pen.stroke(fmt::format("M200 {:.0f}H600M200 {:.0f}H600M200 {:.0f}H600", top + 38, top + 56, top + 74), hex(accent), 7, "opacity=\".75\"");
    if (pen.pattern() == 5) { std::string ridges; for (double x = 280; x < 530; x += 24) ridges += fmt::format("M{:.0f} {:.0f}V640", x, top + 40); pen.stroke(ridges, hex(accent), 4, "opacity=\".35\""); pen.begin_group("translate(5 0)"); pen.stroke(ridges, "#fff", 3, "opacity=\".35\""); pen.end_group(); }
    if (pen.pattern() == 1 && pen.random.chance(0.6)) pen.rect(200, 560, 400, 100, 0, hex(shade(0xD8C6A6, -0.04)), "opacity=\".85\"");
    pen.path(fmt::format("M{0:.0f} {1:.0f}L{2:.0f} 640H{3:.0f}L{4:.0f} {1:.0f}Z", 400 - w + 22, top, 400 - foot + 22, 400 - foot + 48, 400 - w + 50), "#fff", "opacity=\".2\"");
    pen.end_clip();
    pen.ellipse(400, top, w, w * 0.2, hex(shade(rgb, 0.28)));
    pen.ellipse(400, top + 3, w - 11, w * 0.2 - 7, hex(shade(rgb, -0.22)));
    static constexpr std::uint32_t drinks[] = {0x5B3A26, 0xB98352, 0xC98A2E, 0xF3EAD8};
    pen.ellipse(400, top + 9, w - 20, w * 0.2 - 13, hex(glass ? 0xC98A2E : drinks[pen.random.below(4)]));
    pen.stroke(fmt::format("M384 {0:.0f}c-16-24 16-34 0-62M420 {0:.0f}c-16-24 16-34 0-62", top - 26), "#fff", 9, "opacity=\".6\"");
}

void kids_bottle(Pen& pen) {
    auto const rgb = pen.colour();
    auto const top = 340 - 40 * pen.picture.size, w = 98.0;
    pen.floor_shadow(400, 660, 150, 0.4);
    pen.stroke(fmt::format("M{0:.0f} {1:.0f}C180 {1:.0f} 170 560 {2:.0f} 590", 400 - w + 10, top + 20, 400 - w + 6), hex(shade(rgb, -0.2)), 13, "opacity=\".85\"");
    auto const body = fmt::format("M{0:.0f} {1:.0f}H{2:.0f}V440Q{3:.0f} 480 {2:.0f} 520V620Q{2:.0f} 656 {4:.0f} 656H{5:.0f}Q{0:.0f} 656 {0:.0f} 620V520Q{6:.0f} 480 {0:.0f} 440Z", 400 - w, top, 400 + w, 400 + w - 13, 400 + w - 38, 400 - w + 38, 400 - w + 13);
    pen.path(body, pen.across(shade(rgb, 0.3), 0.6));
    pen.path(fmt::format("M{0:.0f} {1:.0f}H{2:.0f}V{3:.0f}Q{2:.0f} {4:.0f} {5:.0f} {4:.0f}H{6:.0f}Q{0:.0f} {4:.0f} {0:.0f} {3:.0f}Z", 400 - w - 5, top + 8, 400 + w + 5, top - 46, top - 86, 400 + w - 44, 400 - w + 44), pen.across(rgb, 0.8));
    if (pen.form() == 2) pen.rect(372, top - 128, 56, 52, 15, pen.across(shade(rgb, 0.35)));
    else pen.stroke(fmt::format("M392 {:.0f}V{:.0f}Q394 {:.0f} 432 {:.0f}", top - 84, top - 128, top - 158, top - 160), hex(0xF5F1EA), 21), pen.stroke(fmt::format("M392 {:.0f}V{:.0f}", top - 84, top - 128), hex(shade(rgb, 0.5)), 21);
    auto const dark = hex(0x4A4440);
    switch (pen.pattern()) {
        case 1:
            pen.path("M340 590C330 540 360 520 390 524C396 490 420 470 446 478C470 486 470 514 444 516C440 540 452 560 440 590Z", hex(0x6F9A78)), pen.ellipse(446, 494, 4, 4, dark);
            pen.path("M352 540l-14-12l20-2l-4-18l18 10l6-16l10 18z", hex(0xE0A93B)), pen.rect(362, 582, 16, 22, 6, hex(0x6F9A78)), pen.rect(412, 582, 16, 22, 6, hex(0x6F9A78));
            break;
        case 2:
            for (double x : {362.0, 438.0}) pen.ellipse(x, 500, 20, 20, hex(0xB98A5A));
            pen.ellipse(400, 540, 56, 52, hex(0xC99F6B)), pen.ellipse(400, 556, 24, 18, hex(0xF0E2CC)), pen.ellipse(400, 548, 8, 6, dark), pen.ellipse(378, 530, 5, 6, dark), pen.ellipse(422, 530, 5, 6, dark);
            break;
        case 3:
            pen.path("M400 470C430 496 434 560 424 590H376C366 560 370 496 400 470Z", "#fff"), pen.ellipse(400, 528, 16, 16, hex(0x5B84B1)), pen.path("M376 570l-22 32l28-8zM424 570l22 32l-28-8z", hex(0xD9785B)), pen.path("M388 594h24l-12 32z", hex(0xE0A93B));
            pen.stroke("M338 480h.1M462 500h.1M346 620h.1M456 440h.1", hex(0xE0A93B), 9);
            break;
        default:
            for (auto [x, y, c] : {std::tuple{360, 520, 0xD9785B}, {440, 548, 0xE0A93B}, {392, 590, 0x8C6A8E}}) {
                pen.stroke(fmt::format("M{} {}q4 40-4 70", x, y), hex(0x7E9A6E), 5);
                pen.stroke(fmt::format("M{} {}h.1M{} {}h.1M{} {}h.1M{} {}h.1", x - 12, y, x + 12, y, x, y - 12, x, y + 12), hex(static_cast<std::uint32_t>(c)), 17), pen.ellipse(x, y, 7, 7, "#fff6dc");
            }
    }
    pen.stroke(fmt::format("M{0:.0f} {1:.0f}V430", 400 - w + 26, top + 34), "#fff", 10, "opacity=\".5\"");
    for (double y = 440; y < 460; y += 22) pen.stroke(fmt::format("M{0:.0f} 410h16M{0:.0f} 380h16", 400 + w - 26), hex(shade(rgb, -0.35)), 3, "opacity=\".6\"");
}

}  // namespace

void draw_cups(Pen& pen) {
    switch (pen.picture.shape) {
        case Shape::thermos: return thermos(pen);
        case Shape::mug: return mug(pen);
        default: return kids_bottle(pen);
    }
}

}  // namespace kindling::shop::simulator
