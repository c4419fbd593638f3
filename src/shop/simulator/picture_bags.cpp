// shop/simulator/picture_bags.cpp -- totes, backpacks and suitcases.
#include "shop/simulator/pen.h"

namespace kindling::shop::simulator {
namespace {

void tote(Pen& pen) {
    auto const rgb = pen.colour();
    auto const w = 196 + 34 * pen.picture.size, top = 330.0, bottom = 652.0;
    pen.floor_shadow(400, 656, w * 1.12, 0.34);
    auto const handle = hex(shade(rgb, -0.34));
    auto const high = pen.form() == 1 ? 118.0 : 176.0;
    if (pen.form() == 3) pen.stroke(fmt::format("M{:.0f} 360C{:.0f} 60 {:.0f} 60 {:.0f} 360", 400 - w + 18, 330.0, 470.0, 400 + w - 18), hex(shade(rgb, -0.2)), 9, "opacity=\".75\"");
    pen.stroke(fmt::format("M320 {0:.0f}C320 {1:.0f} 480 {1:.0f} 480 {0:.0f}", top + 20, high + 14), hex(shade(rgb, -0.5)), 15);
    auto const body = fmt::format("M{0:.0f} {1:.0f}H{2:.0f}L{3:.0f} {4:.0f}Q{3:.0f} {5:.0f} {6:.0f} {5:.0f}H{7:.0f}Q{8:.0f} {5:.0f} {8:.0f} {4:.0f}Z", 400 - w, top, 400 + w, 400 + w - 26, bottom - 26, bottom, 400 + w - 54, 400 - w + 54, 400 - w + 26);
    pen.path(body, pen.cloth(rgb));
    pen.begin_clip(body);
    if (pen.pattern() == 5) {
        std::string weave;
        for (double y = top; y < bottom; y += 16)
            for (double x = 400 - w + (static_cast<int>(y / 16) % 2) * 13; x < 400 + w; x += 26) weave += fmt::format("M{:.0f} {:.0f}h15", x, y);
        pen.stroke(weave, hex(shade(rgb, -0.25)), 5, "opacity=\".5\"");
    } else if (pen.pattern() == 2 || pen.pattern() == 3) {
        pen.path(fmt::format("M0 {0:.0f}H800V{1:.0f}H0Z", bottom - 84, bottom), "#000", "opacity=\".07\"");
        pen.stroke(fmt::format("M200 {0:.0f}H600", bottom - 84), hex(shade(rgb, 0.25)), 2, "stroke-dasharray=\"8 6\"");
    } else if (pen.random.chance(0.6)) {
        pen.rect(400 - w, bottom - 90, 2 * w, 120, 0, hex(shade(rgb, -0.3)), "opacity=\".75\"");
    }
    pen.path(fmt::format("M{:.0f} 330C{:.0f} 450 {:.0f} 560 {:.0f} 660H{:.0f}V330Z", 400 + w * 0.5, 400 + w * 0.6, 400 + w * 0.5, 400 + w * 0.62, 400 + w), "#000", "opacity=\".08\"");
    pen.path(fmt::format("M{:.0f} 330Q{:.0f} 500 {:.0f} 660H{:.0f}V330Z", 400 - w * 0.72, 400 - w * 0.84, 400 - w * 0.7, 400 - w), "#fff", "opacity=\".12\"");
    pen.end_clip();
    pen.stroke(fmt::format("M{:.0f} {:.0f}H{:.0f}", 400 - w + 6, top + 16, 400 + w - 6), hex(shade(rgb, 0.3)), 2, "stroke-dasharray=\"8 6\" opacity=\".8\"");
    pen.stroke(fmt::format("M300 {0:.0f}C300 {1:.0f} 500 {1:.0f} 500 {0:.0f}", top + 46, high), handle, 17);
    pen.stroke(fmt::format("M300 {0:.0f}v34M500 {0:.0f}v34", top + 20), handle, 17);
    pen.stroke(fmt::format("M300 {0:.0f}h.1M500 {0:.0f}h.1", top + 50), hex(0xD8B15A), 9);
    if (pen.random.chance(0.5)) pen.rect(376, top + 92, 48, 26, 5, hex(shade(rgb, -0.24)));
    else pen.ellipse(400, top + 108, 17, 17, pen.across(0xD8B15A));
}

void backpack(Pen& pen) {
    auto const rgb = pen.colour();
    auto const tall = 40 * pen.picture.size;
    auto const top = 214 - tall;
    pen.floor_shadow(400, 664, 214, 0.34);
    pen.stroke(fmt::format("M352 {0:.0f}C352 {1:.0f} 448 {1:.0f} 448 {0:.0f}", top + 8, top - 62), hex(shade(rgb, -0.4)), 15);
    for (int side : {-1, 1}) pen.stroke(fmt::format("M{:.0f} 300C{:.0f} 400 {:.0f} 520 {:.0f} 620", 400 + side * 178.0, 400 + side * 244.0, 400 + side * 238.0, 400 + side * 176.0), hex(shade(rgb, -0.3)), 22);
    auto const body = fmt::format("M222 {0:.0f}C222 {1:.0f} 282 {2:.0f} 400 {2:.0f}C518 {2:.0f} 578 {1:.0f} 578 {0:.0f}L590 600Q592 660 540 660H260Q208 660 210 600Z", top + 140, top + 30, top);
    pen.path(body, pen.across(rgb, 0.6));
    pen.stroke(fmt::format("M244 {0:.0f}C250 {1:.0f} 300 {2:.0f} 400 {2:.0f}C500 {2:.0f} 550 {1:.0f} 556 {0:.0f}V420", top + 150, top + 66, top + 40), hex(shade(rgb, -0.42)), 5);
    pen.stroke("M556 420v28", hex(0xC9CCD2), 7);
    auto const accent = pen.random.chance(0.4) ? 0xC08552u : shade(rgb, -0.16);
    pen.path("M252 446H548L554 596Q554 634 520 634H280Q246 634 246 596Z", pen.diagonal(shade(rgb, 0.1), shade(rgb, -0.2)));
    pen.path("M252 446H548L549 486H251Z", hex(accent));
    pen.stroke("M262 500H538", hex(shade(rgb, -0.42)), 4);
    pen.stroke("M290 500v22", hex(0xC9CCD2), 6);
    switch (pen.random.below(3)) {
        case 0: pen.rect(372, 330, 56, 34, 6, hex(accent)); break;
        case 1: pen.path("M300 300H500V312H300ZM300 346H500V358H300Z", hex(shade(rgb, -0.3))); pen.stroke("M330 300v58M400 300v58M470 300v58", hex(shade(rgb, -0.3)), 7); break;
        default: pen.ellipse(400, 344, 30, 30, hex(accent)), pen.ellipse(400, 344, 20, 20, "none", "stroke=\"#fff\" stroke-width=\"3\" opacity=\".7\"");
    }
    for (int side : {-1, 1}) pen.path(fmt::format("M{:.0f} 480L{:.0f} 500L{:.0f} 610L{:.0f} 630Z", 400 + side * 183.0, 400 + side * 214.0, 400 + side * 210.0, 400 + side * 188.0), hex(shade(rgb, -0.3)));
    pen.path("M300 250C272 300 262 360 262 430", "none", "stroke=\"#fff\" stroke-width=\"10\" opacity=\".14\" stroke-linecap=\"round\"");
    if (pen.form() == 3) pen.stroke("M210 420h-26M590 420h26", hex(0xE07856), 8);
}

void suitcase(Pen& pen) {
    auto const rgb = pen.colour();
    auto const grow = pen.form() == 1 ? 0.0 : pen.form() == 2 ? 45.0 : 85.0;
    auto const top = 300 - grow, w = 132 + grow * 0.42, bottom = 640.0;
    pen.floor_shadow(400, 670, w * 1.3, 0.36);
    auto const metal = pen.across(0xBFC4CA);
    pen.rect(400 - w * 0.42, top - 132, 13, 150, 4, metal);
    pen.rect(400 + w * 0.42 - 13, top - 132, 13, 150, 4, metal);
    pen.rect(400 - w * 0.42 - 8, top - 156, w * 0.84 + 16, 30, 14, pen.down(0x50545A, 0x2B2D31));
    for (double x : {400 - w + 34, 400 + w - 34}) {
        pen.rect(x - 13, bottom - 6, 26, 22, 5, hex(0x4A4D52));
        pen.ellipse(x, bottom + 20, 18, 18, pen.ball(0x35373B)), pen.ellipse(x, bottom + 20, 6, 6, hex(0x9A9FA6));
    }
    pen.rect(400 - w, top, 2 * w, bottom - top, 36, pen.across(rgb, 0.85));
    std::string grooves;
    auto const lines = 5 + static_cast<int>(pen.random.below(4));
    if (pen.pattern() == 4) {
        pen.rect(400 - w + 26, top + 60, 2 * w - 52, 130, 16, hex(shade(rgb, -0.16)));
        pen.rect(400 - w + 26, top + 214, 2 * w - 52, bottom - top - 262, 16, hex(shade(rgb, -0.16)));
        pen.stroke(fmt::format("M{0:.0f} {1:.0f}H{2:.0f}M{0:.0f} {3:.0f}H{2:.0f}", 400 - w + 38, top + 76, 400 + w - 38, top + 230), hex(shade(rgb, -0.5)), 4);
    } else if (pen.random.chance(0.7)) {
        for (int i = 1; i <= lines; ++i) grooves += fmt::format("M{0:.0f} {1:.0f}V{2:.0f}", 400 - w + 2 * w * i / (lines + 1.0), top + 34, bottom - 34);
        pen.stroke(grooves, hex(shade(rgb, -0.3)), 5, "opacity=\".55\"");
        pen.begin_group("translate(5 0)"), pen.stroke(grooves, "#fff", 3, "opacity=\".28\""), pen.end_group();
    } else {
        for (int i = 1; i <= lines; ++i) grooves += fmt::format("M{0:.0f} {1:.0f}H{2:.0f}", 400 - w + 26, top + (bottom - top) * i / (lines + 1.0), 400 + w - 26);
        pen.stroke(grooves, hex(shade(rgb, -0.3)), 5, "opacity=\".5\"");
        pen.begin_group("translate(0 5)"), pen.stroke(grooves, "#fff", 3, "opacity=\".28\""), pen.end_group();
    }
    if (pen.pattern() == 3)
        for (auto [x, y] : {std::pair{400 - w, top}, {400 + w - 44, top}, {400 - w, bottom - 44}, {400 + w - 44, bottom - 44}}) pen.rect(x, y, 44, 44, 18, metal);
    pen.rect(400 - 36, top - 10, 72, 20, 9, hex(0x3A3C40));
    pen.rect(400 + w - 12, (top + bottom) / 2 - 34, 18, 68, 6, metal);
    pen.rect(384, top + 44, 32, 18, 4, "#fff", "opacity=\".75\"");
}

}  // namespace

void draw_bags(Pen& pen) {
    switch (pen.picture.shape) {
        case Shape::tote: return tote(pen);
        case Shape::backpack: return backpack(pen);
        default: return suitcase(pen);
    }
}

}  // namespace kindling::shop::simulator
