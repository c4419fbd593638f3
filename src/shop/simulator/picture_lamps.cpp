// shop/simulator/picture_lamps.cpp -- desk lamps, floor lamps and pendants, switched on.
#include "shop/simulator/pen.h"

namespace kindling::shop::simulator {
namespace {

void glow(Pen& pen, double x, double y, double r) { pen.ellipse(x, y, r, r * 0.92, pen.light(0xFFE3A8, 0.85)); }

void desk_lamp(Pen& pen) {
    auto const rgb = pen.colour();
    auto const high = 250 - 60 * pen.picture.size;
    auto const metal = pen.across(shade(rgb, -0.08), 0.8);
    pen.floor_shadow(420, 664, 170, 0.34);
    glow(pen, 286, 520, 250);
    if (pen.form() == 4) pen.rect(470, 600, 70, 56, 8, metal), pen.rect(456, 640, 98, 14, 5, hex(shade(rgb, -0.3)));
    else { pen.ellipse(470, 650, 128, 23, hex(shade(rgb, -0.32))); pen.ellipse(470, 640, 128, 23, pen.across(rgb, 0.8)); }
    if (pen.form() == 2) pen.stroke(fmt::format("M470 636C620 540 560 {:.0f} 400 {:.0f}C360 {:.0f} 330 {:.0f} 312 {:.0f}", high, high - 20, high - 24, high + 20, high + 50), metal, 15);
    else if (pen.form() == 3) pen.stroke(fmt::format("M470 636V{:.0f}Q470 {:.0f} 420 {:.0f}H316", high + 40, high, high), metal, 15);
    else {
        pen.stroke(fmt::format("M470 636L560 430L316 {:.0f}", high + 24), metal, 15);
        pen.ellipse(560, 430, 19, 19, pen.ball(shade(rgb, -0.2))), pen.ellipse(470, 632, 17, 17, pen.ball(shade(rgb, -0.2)));
    }
    auto const y = pen.form() == 3 ? high : high + 34;
    if (pen.pattern() == 3 || pen.random.chance(0.3)) {
        pen.begin_group(fmt::format("rotate(-14 290 {:.0f})", y));
        pen.rect(148, y - 16, 224, 32, 16, pen.down(shade(rgb, 0.15), shade(rgb, -0.15)));
        pen.rect(160, y + 10, 200, 9, 4, "#fff3d0");
        pen.end_group();
    } else {
        pen.path(fmt::format("M{0} {1:.0f}C250 {2:.0f} 190 {3:.0f} 176 {4:.0f}C176 {5:.0f} 400 {5:.0f} 400 {4:.0f}C386 {3:.0f} 366 {2:.0f} 330 {1:.0f}Z", 280, y - 26, y - 10, y + 40, y + 108, y + 128), pen.across(rgb, 0.95));
        pen.ellipse(288, y + 111, 110, 15, "#fff6dc");
        pen.ellipse(288, y + 112, 50, 8, "#ffffff");
        pen.rect(284, y - 44, 40, 26, 8, hex(shade(rgb, -0.3)));
    }
}

void floor_lamp(Pen& pen) {
    auto const rgb = pen.colour();
    auto const top = 150 - 30 * pen.picture.size;
    auto const frame = pen.random.chance(0.5) ? 0x3A3733u : 0xB08D57u;
    auto const metal = pen.across(frame, 0.8);
    auto const arched = pen.form() == 3;
    auto const cx = arched ? 290.0 : 400.0, shade_top = arched ? 240.0 : top + 40;
    pen.floor_shadow(arched ? 520 : 400, 720, 130, 0.34);
    glow(pen, cx, shade_top + 90, 240);
    if (pen.form() == 2) pen.stroke("M400 360L306 716M400 360L494 716M400 360L416 700", pen.across(0xA9764A), 13);
    else if (arched) pen.stroke(fmt::format("M560 710C600 300 520 {0:.0f} 380 {0:.0f}C320 {0:.0f} 292 170 290 240", 120.0), metal, 11), pen.ellipse(556, 714, 84, 18, pen.across(0xD8D5D0));
    else {
        pen.rect(394, shade_top + 90, 12, 706 - shade_top - 90, 3, metal);
        pen.ellipse(400, 714, 92, 19, hex(shade(frame, -0.3))), pen.ellipse(400, 708, 92, 18, metal);
        if (pen.form() == 4) pen.rect(326, 480, 148, 14, 5, pen.across(0xA9764A)), pen.rect(326, 600, 148, 14, 5, pen.across(0xA9764A)), pen.rect(350, 446, 22, 34, 2, hex(0xD9785B)), pen.rect(374, 452, 18, 28, 2, hex(0x5B84B1));
    }
    auto const shade_rgb = shade(rgb, 0.12);
    if (pen.pattern() == 2) pen.ellipse(cx, shade_top + 84, 92, 88, pen.ball(0xFFF4DA)), pen.rect(cx - 22, shade_top + 160, 44, 20, 6, metal);
    else if (pen.pattern() == 3) pen.path(fmt::format("M{:.0f} {:.0f}C{:.0f} {:.0f} {:.0f} {:.0f} {:.0f} {:.0f}H{:.0f}C{:.0f} {:.0f} {:.0f} {:.0f} {:.0f} {:.0f}Z", cx - 30, shade_top, cx - 90, shade_top + 20, cx - 122, shade_top + 90, cx - 128, shade_top + 140, cx + 128, cx + 122, shade_top + 90, cx + 90, shade_top + 20, cx + 30, shade_top), pen.across(rgb)), pen.ellipse(cx, shade_top + 140, 128, 15, "#fff3d0");
    else {
        auto const w1 = pen.random.uniform(66, 104), w2 = 130.0, h = pen.random.uniform(138, 172);
        auto const d = fmt::format("M{:.0f} {:.0f}H{:.0f}L{:.0f} {:.0f}Q{:.0f} {:.0f} {:.0f} {:.0f}Z", cx - w1, shade_top, cx + w1, cx + w2, shade_top + h, cx, shade_top + h + 18, cx - w2, shade_top + h);
        pen.path(d, pen.across(shade_rgb, 0.6));
        pen.begin_clip(d);
        pen.ellipse(cx, shade_top + h * 0.7, 110, 100, pen.light(0xFFF0C4, 0.95));
        std::string lines;
        if (pen.pattern() == 4) for (double y = shade_top + 22; y < shade_top + h; y += 24) lines += fmt::format("M{:.0f} {:.0f}H{:.0f}", cx - 140, y, cx + 140);
        if (pen.pattern() == 5) for (double x = cx - 160; x < cx + 160; x += 17) lines += fmt::format("M{0:.0f} {1:.0f}l60 190M{2:.0f} {1:.0f}l-60 190", x, shade_top - 10, x + 20);
        if (!lines.empty()) pen.stroke(lines, hex(shade(rgb, -0.35)), 3, "opacity=\".5\"");
        pen.end_clip();
    }
}

void pendant(Pen& pen) {
    auto const rgb = pen.colour();
    auto const w = 130 + 90 * pen.picture.size, y = 330.0;
    pen.stroke("M400 0V300", hex(0x4A4744), 5);
    pen.rect(376, 270, 48, 60, 10, pen.across(0xB08D57));
    glow(pen, 400, y + 150, 300);
    auto const kind = pen.form();
    if (kind == 1) {
        pen.ellipse(400, y + 110, w, w * 0.86, pen.ball(shade(rgb, 0.3)), "opacity=\".72\"");
        pen.ellipse(400, y + 100, 42, 52, pen.ball(0xFFF2CC));
        pen.stroke(fmt::format("M{:.0f} {:.0f}C{:.0f} {:.0f} {:.0f} {:.0f} {:.0f} {:.0f}", 400 - w * 0.72, y + 100.0, 400 - w * 0.7, y + 50.0, 400 - w * 0.5, y + 30.0, 400 - w * 0.34, y + 20.0), "#fff", 12, "opacity=\".7\"");
    } else if (kind == 5) {
        pen.ellipse(400, y + 120, w, w * 0.92, pen.ball(0xFFF3DA));
        std::string rings;
        for (int i = -3; i <= 3; ++i) rings += fmt::format("M{:.0f} {:.0f}Q400 {:.0f} {:.0f} {:.0f}", 400 - w * std::sqrt(1 - i * i / 16.0), y + 120 + i * w * 0.23, y + 120 + i * w * 0.23 + 22, 400 + w * std::sqrt(1 - i * i / 16.0), y + 120 + i * w * 0.23);
        pen.stroke(rings, hex(0xC9B48A), 3, "opacity=\".7\"");
    } else {
        auto const deep = pen.random.uniform(120, 190);
        auto const d = pen.random.chance(0.5) ? fmt::format("M370 {0:.0f}C{1:.0f} {2:.0f} {3:.0f} {4:.0f} {3:.0f} {5:.0f}H{6:.0f}C{6:.0f} {4:.0f} {7:.0f} {2:.0f} 430 {0:.0f}Z", y - 10, 400 - w * 0.7, y + 10, 400 - w, y + deep * 0.5, y + deep, 400 + w, 400 + w * 0.7)
                                              : fmt::format("M360 {0:.0f}H440L{1:.0f} {2:.0f}H{3:.0f}Z", y - 10, 400 + w, y + deep, 400 - w);
        pen.path(d, pen.across(rgb));
        pen.begin_clip(d);
        std::string lines;
        if (kind == 3) for (double x = 100; x < 700; x += 18) lines += fmt::format("M{0:.0f} {1:.0f}l80 240M{0:.0f} {1:.0f}l-80 240", x, y - 20);
        if (kind == 4) for (double yy = y; yy < y + deep; yy += 26) lines += fmt::format("M180 {:.0f}q110 {:.0f} 220 0t220 0", yy, pen.random.uniform(-14, 14));
        if (!lines.empty()) pen.stroke(lines, hex(shade(rgb, -0.35)), 4, "opacity=\".45\"");
        pen.end_clip();
        pen.ellipse(400, y + deep, w, w * 0.12, hex(shade(rgb, -0.45)));
        pen.ellipse(400, y + deep + 2, w * 0.92, w * 0.1, "#fff0c6");
        pen.ellipse(400, y + deep + 4, 38, 20, "#fffdf4");
    }
    pen.ellipse(400, 700, w * 1.2, 26, pen.light(0xFFE9BC, 0.9));
}

}  // namespace

void draw_lamps(Pen& pen) {
    switch (pen.picture.shape) {
        case Shape::desk_lamp: return desk_lamp(pen);
        case Shape::floor_lamp: return floor_lamp(pen);
        default: return pendant(pen);
    }
}

}  // namespace kindling::shop::simulator
