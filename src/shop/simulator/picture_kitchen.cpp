// shop/simulator/picture_kitchen.cpp -- kettles, air fryers and rice cookers.
#include "shop/simulator/pen.h"

namespace kindling::shop::simulator {
namespace {

void kettle(Pen& pen) {
    auto const rgb = pen.colour();
    auto const glass = pen.pattern() == 3;
    auto const tall = 40 * pen.picture.size, top = 296 - tall, belly = pen.random.uniform(128, 154), neck = pen.random.uniform(78, 98);
    pen.floor_shadow(400, 664, 210, 0.36);
    pen.rect(400 - belly - 16, 630, 2 * belly + 32, 28, 14, pen.across(0x3A3C40));
    auto const handle_colour = glass || pen.random.chance(0.5) ? 0x33353Au : shade(rgb, -0.3);
    pen.stroke(fmt::format("M{0:.0f} {1:.0f}C{2:.0f} {3:.0f} {2:.0f} 560 {4:.0f} 586", 400 + neck - 4, top + 34, 400 + belly + 104, top - 10, 400 + belly - 20), hex(handle_colour), 27);
    if (pen.form() == 2) pen.stroke(fmt::format("M{:.0f} 560C{:.0f} 520 {:.0f} 400 {:.0f} {:.0f}", 400 - belly + 16, 400 - belly - 74, 400 - belly - 18, 400 - belly - 86, top + 60), pen.across(glass ? 0xC9CDD2 : rgb, 0.8), 20);
    else pen.path(fmt::format("M{:.0f} {:.0f}L{:.0f} {:.0f}L{:.0f} {:.0f}Z", 400 - neck + 6, top + 14, 400 - neck - 62, top + 26, 400 - neck - 16, top + 120), hex(shade(glass ? 0xC9CDD2 : rgb, -0.12)));
    auto const body = fmt::format("M{0:.0f} {1:.0f}H{2:.0f}C{3:.0f} {4:.0f} {5:.0f} 470 {5:.0f} 632H{6:.0f}C{6:.0f} 470 {7:.0f} {4:.0f} {0:.0f} {1:.0f}Z", 400 - neck, top + 8, 400 + neck, 400 + neck + 10, top + 110, 400 + belly, 400 - belly, 400 - neck - 10);
    if (glass) {
        pen.path(body, "#dfeaf0", "opacity=\".75\"");
        pen.begin_clip(body);
        pen.rect(200, 460, 400, 200, 0, pen.down(0xCFE6F0, 0x9CC6D8), "opacity=\".85\"");
        pen.ellipse(400, 460, 150, 12, "#e9f6fb");
        std::string bubbles;
        for (int i = 0; i < 12; ++i) bubbles += fmt::format("M{:.0f} {:.0f}h.1", pen.random.uniform(290, 510), pen.random.uniform(480, 620));
        pen.stroke(bubbles, "#fff", 8, "opacity=\".7\"");
        pen.rect(200, 596, 400, 50, 0, hex(rgb));
        pen.end_clip();
        pen.stroke(fmt::format("M{0:.0f} {1:.0f}C{2:.0f} 400 {3:.0f} 500 {3:.0f} 590", 400 - neck + 16, top + 60, 400 - neck - 6, 400 - belly + 24), "#fff", 10, "opacity=\".75\"");
    } else {
        pen.path(body, pen.across(rgb, 0.95));
        if (pen.random.chance(0.5)) { pen.begin_clip(body); pen.rect(200, 590, 400, 60, 0, pen.across(0xB98A5A)); pen.end_clip(); }
    }
    pen.ellipse(400, top + 8, neck, 15, hex(shade(glass ? 0x4A4C51 : rgb, -0.24)));
    pen.path(fmt::format("M{0:.0f} {1:.0f}C{0:.0f} {2:.0f} {3:.0f} {2:.0f} {3:.0f} {1:.0f}Z", 400 - neck + 6, top + 6, top - 36, 400 + neck - 6), pen.across(glass ? 0x4A4C51 : shade(rgb, -0.1)));
    pen.ellipse(400, top - 34, 18, 14, pen.ball(pen.random.chance(0.5) ? 0x33353A : 0xB98A5A));
    if (!glass) pen.ellipse(400, 606, 9, 9, hex(0xF2B35E));
}

void air_fryer(Pen& pen) {
    auto const rgb = pen.colour();
    auto const w = 168 + 26 * pen.picture.size, top = 216.0;
    pen.floor_shadow(400, 656, w * 1.2, 0.36);
    for (double x : {400 - w + 40, 400 + w - 66}) pen.rect(x, 640, 26, 16, 5, hex(0x33353A));
    pen.path(fmt::format("M{0:.0f} 600V{1:.0f}C{0:.0f} {2:.0f} {3:.0f} {4:.0f} 400 {4:.0f}C{5:.0f} {4:.0f} {6:.0f} {2:.0f} {6:.0f} {1:.0f}V600Q{6:.0f} 646 {7:.0f} 646H{8:.0f}Q{0:.0f} 646 {0:.0f} 600Z", 400 - w, top + 130, top + 24, 400 - w * 0.7, top, 400 + w * 0.7, 400 + w, 400 + w - 46, 400 - w + 46), pen.across(rgb, 0.75));
    // Panel.
    if (pen.pattern() == 1) {
        for (double x : {330.0, 470.0}) pen.ellipse(x, 318, 38, 38, pen.ball(0xD5D8DC)), pen.stroke(fmt::format("M{:.0f} 318v-28", x), hex(0x44464B), 6);
    } else {
        pen.rect(400 - w * 0.62, 278, w * 1.24, 76, 20, pen.down(0x3A3C42, 0x202226));
        pen.stroke("M352 316h.1M384 316h.1M416 316h.1M448 316h.1", hex(0xF2E3C8), 10, "opacity=\".9\"");
        pen.stroke("M320 336H480", hex(0xE07856), 4, "opacity=\".9\"");
    }
    // Drawer.
    pen.rect(400 - w + 18, 384, 2 * w - 36, 232, 26, pen.diagonal(shade(rgb, 0.08), shade(rgb, -0.18)), fmt::format("stroke=\"{}\" stroke-width=\"3\"", hex(shade(rgb, -0.35))));
    if (pen.form() == 1) {
        pen.rect(400 - w + 56, 408, 2 * w - 112, 104, 18, pen.down(0x4A3A2C, 0x2A201A));
        std::string fries;
        for (int i = 0; i < 9; ++i) { auto const x = 400 - w + 84 + i * (2 * w - 168) / 8.0; fries += fmt::format("M{:.0f} 500l{:.0f} {:.0f}", x, pen.random.uniform(-18, 18), -pen.random.uniform(26, 62)); }
        pen.stroke(fries, hex(0xE8B04B), 13), pen.stroke(fries, hex(0xF6D27F), 4);
        pen.path(fmt::format("M{:.0f} 410l60 0l-70 100h-30z", 400 - w + 100), "#fff", "opacity=\".12\"");
    }
    pen.rect(354, 536, 92, 36, 18, pen.down(0x55575C, 0x2B2D31));
    pen.rect(362, 540, 76, 9, 4, "#fff", "opacity=\".25\"");
}

void rice_cooker(Pen& pen) {
    auto const rgb = pen.colour();
    auto const w = 196 + 30 * pen.picture.size;
    auto const square = pen.random.chance(0.45);
    pen.floor_shadow(400, 640, w * 1.12, 0.36);
    if (square) {
        pen.rect(400 - w, 330, 2 * w, 304, 64, pen.across(rgb, 0.6));
        pen.path(fmt::format("M{0:.0f} 418V390Q{0:.0f} 288 {1:.0f} 288H{2:.0f}Q{3:.0f} 288 {3:.0f} 390V418Z", 400 - w, 400 - w + 100, 400 + w - 100, 400 + w), pen.across(shade(rgb, 0.1), 0.6));
    } else {
        pen.path(fmt::format("M{0:.0f} 410C{0:.0f} 560 {1:.0f} 634 {2:.0f} 634H{3:.0f}C{4:.0f} 634 {5:.0f} 560 {5:.0f} 410Z", 400 - w, 400 - w + 20, 400 - w + 90, 400 + w - 90, 400 + w - 20, 400 + w), pen.across(rgb, 0.75));
        pen.path(fmt::format("M{0:.0f} 414C{0:.0f} 320 {1:.0f} 268 400 268C{2:.0f} 268 {3:.0f} 320 {3:.0f} 414Z", 400 - w, 400 - w * 0.6, 400 + w * 0.6, 400 + w), pen.across(shade(rgb, 0.12), 0.7));
    }
    pen.rect(400 - w - 4, 408, 2 * w + 8, 14, 6, pen.across(0xB9BEC5));
    pen.stroke(fmt::format("M{0:.0f} 420C{0:.0f} 236 {1:.0f} 236 {1:.0f} 420", 400 - w + 14, 400 + w - 14), hex(shade(rgb, -0.28)), 13, "opacity=\".5\"");
    pen.ellipse(452, 300, 26, 11, hex(shade(rgb, -0.35)));
    pen.stroke("M448 282c-12-16 12-22 0-40M468 286c-10-14 10-20 0-34", "#fff", 6, "opacity=\".7\"");
    pen.rect(316, 446, 168, 132, 24, pen.down(0x3A3C42, 0x1F2125));
    pen.rect(336, 462, 128, 52, 10, hex(0x11181A));
    pen.stroke("M356 478v22M372 478h14v11h-14v11h14M408 482h.1M408 496h.1M424 478h14v22h-14z", hex(0x8FE3D0), 4);
    pen.stroke("M350 546h.1M384 546h.1M418 546h.1M450 546h.1", "#e8e6e1", 13);
    pen.rect(368, 398, 64, 22, 8, hex(shade(rgb, -0.4)));
}

}  // namespace

void draw_kitchen(Pen& pen) {
    switch (pen.picture.shape) {
        case Shape::kettle: return kettle(pen);
        case Shape::air_fryer: return air_fryer(pen);
        default: return rice_cooker(pen);
    }
}

}  // namespace kindling::shop::simulator
