// shop/simulator/picture_audio.cpp -- headphones, earbuds in their case and speakers.
#include "shop/simulator/pen.h"

namespace kindling::shop::simulator {
namespace {

void headphones(Pen& pen) {
    auto const rgb = pen.colour();
    auto const w = 158 + 18 * pen.random.uniform();
    auto const round = pen.random.chance(0.5);
    pen.floor_shadow(400, 664, 230, 0.3);
    auto const band = pen.across(shade(rgb, -0.12), 0.8);
    pen.stroke(fmt::format("M{0:.0f} 440C{0:.0f} 120 {1:.0f} 120 {1:.0f} 440", 400 - w, 400 + w), band, 30);
    pen.stroke(fmt::format("M{0:.0f} 330C{1:.0f} 160 {2:.0f} 160 {3:.0f} 330", 400 - w + 22, 400 - w * 0.62, 400 + w * 0.62, 400 + w - 22), hex(shade(rgb, 0.2)), 16, "opacity=\".55\"");
    auto const metal = pen.across(0xC4C8CE);
    for (int side : {-1, 1}) {
        auto const x = 400 + side * w;
        pen.rect(x - 8, 366, 16, 96, 7, metal);
        auto const pad = pen.across(shade(rgb, -0.5), 0.6), cup = pen.across(rgb, 0.9);
        auto const inner = x - side * 34;
        if (round) {
            pen.ellipse(inner, 536, 50, 108, pad);
            pen.ellipse(x + side * 6, 536, 56, 104, cup);
            pen.ellipse(x + side * 16, 536, 34, 72, hex(shade(rgb, 0.12)), "opacity=\".6\"");
            pen.ellipse(x + side * 20, 536, 12, 26, metal);
        } else {
            pen.rect(inner - 46, 430, 92, 214, 44, pad);
            pen.rect(x + side * 8 - 52, 434, 104, 206, 48, cup);
            pen.rect(x + side * 16 - 26, 470, 52, 132, 26, hex(shade(rgb, 0.14)), "opacity=\".55\"");
        }
        pen.stroke(fmt::format("M{:.0f} 474C{:.0f} 500 {:.0f} 560 {:.0f} 590", x - 22.0, x - 32.0, x - 32.0, x - 24.0), "#fff", 6, "opacity=\".35\"");
    }
    if (pen.pattern() == 3 || pen.form() == 3) pen.stroke(fmt::format("M{:.0f} 610C{:.0f} 680 330 690 316 676", 400 - w - 10, 400 - w), hex(0x2B2C30), 7), pen.ellipse(316, 676, 14, 9, hex(0x2B2C30));
}

void earbuds(Pen& pen) {
    auto const rgb = pen.colour();
    auto const wide = 148 + 24 * pen.random.uniform(), radius = pen.random.chance(0.5) ? 66.0 : 96.0;
    pen.floor_shadow(400, 652, wide * 1.25, 0.34);
    // Open lid, then the case, then both buds above it.
    pen.path(fmt::format("M{0:.0f} 470V{1:.0f}Q{0:.0f} 300 {2:.0f} 300H{3:.0f}Q{4:.0f} 300 {4:.0f} {1:.0f}V470Z", 400 - wide, 300 + radius, 400 - wide + radius, 400 + wide - radius, 400 + wide), pen.down(shade(rgb, -0.2), shade(rgb, -0.04)));
    pen.path(fmt::format("M{0:.0f} 462V{1:.0f}Q{0:.0f} 324 {2:.0f} 324H{3:.0f}Q{4:.0f} 324 {4:.0f} {1:.0f}V462Z", 400 - wide + 20, 310 + radius * 0.9, 400 - wide + radius, 400 + wide - radius, 400 + wide - 20), hex(shade(rgb, -0.34)));
    pen.path(fmt::format("M{0:.0f} 468H{1:.0f}V{2:.0f}Q{1:.0f} 648 {3:.0f} 648H{4:.0f}Q{0:.0f} 648 {0:.0f} {2:.0f}Z", 400 - wide, 400 + wide, 648 - radius, 400 + wide - radius, 400 - wide + radius), pen.across(rgb, 0.6));
    pen.rect(400 - wide, 462, 2 * wide, 12, 4, hex(shade(rgb, -0.24)));
    pen.ellipse(400, 560, 6, 6, hex(0x7FCB8E));
    for (int side : {-1, 1}) {
        auto const x = 400 + side * wide * 0.42;
        pen.begin_group(fmt::format("translate({:.0f} 0) scale({} 1)", x, side));
        auto const body = pen.ball(shade(rgb, 0.06));
        if (pen.form() == 3) {
            pen.stroke("M-24 330C-30 250 40 240 44 320", body, 17);
            pen.ellipse(-24, 346, 30, 34, body), pen.ellipse(46, 338, 24, 30, body);
        } else if (pen.form() == 4) {
            pen.stroke("M-4 350C-60 300-50 210 14 214C60 218 66 270 50 310", body, 12);
            pen.ellipse(8, 356, 44, 38, body), pen.ellipse(-30, 372, 20, 16, hex(shade(rgb, -0.5)));
        } else {
            pen.rect(2, 300, 30, 152, 15, pen.across(rgb, 0.7));
            pen.ellipse(0, 316, 52, 46, body);
            if (pen.form() == 1) pen.ellipse(-44, 332, 22, 27, hex(shade(rgb, -0.42)));
            else pen.ellipse(-30, 322, 16, 24, hex(shade(rgb, -0.3)));
            pen.ellipse(18, 300, 10, 14, hex(shade(rgb, -0.4)), "opacity=\".6\"");
        }
        pen.ellipse(-12, 296, 14, 9, "#fff", "opacity=\".45\"");
        pen.end_group();
    }
    pen.stroke(fmt::format("M{0:.0f} 500V{1:.0f}", 400 - wide + 26, 630 - radius * 0.7), "#fff", 9, "opacity=\".3\"");
}

void speaker(Pen& pen) {
    auto const rgb = pen.colour();
    auto const kind = pen.random.below(3);
    auto const wood = pen.form() == 2;
    auto const shell = wood ? 0xA9764Au : rgb;
    auto const mesh = [&](double x, double y, double w, double h, double r) {
        pen.rect(x, y, w, h, r, pen.across(wood ? rgb : shade(rgb, -0.16), 0.6));
        std::string dots;
        for (double dy = y + 14; dy < y + h - 8; dy += 15)
            for (double dx = x + 16; dx < x + w - 8; dx += 15) dots += fmt::format("M{:.0f} {:.0f}h.1", dx, dy);
        pen.stroke(dots, hex(shade(wood ? rgb : shade(rgb, -0.16), -0.4)), 5, "opacity=\".45\"");
    };
    if (kind == 0) {
        pen.floor_shadow(400, 640, 250, 0.36);
        pen.rect(176, 400, 448, 236, wood ? 26 : 100, pen.down(shade(shell, 0.2), shade(shell, -0.24)));
        mesh(214, 428, 372, 180, wood ? 12 : 74);
        pen.stroke("M190 440C150 400 150 360 190 350", hex(0x55504A), 10);
        pen.rect(372, 390, 56, 12, 6, hex(shade(shell, -0.3)));
    } else if (kind == 1) {
        pen.floor_shadow(400, 656, 158, 0.36);
        pen.rect(280, 230, 240, 424, wood ? 22 : 84, pen.across(shell, 0.9));
        mesh(298, 300, 204, 300, wood ? 10 : 50);
        pen.ellipse(400, 262, 70, 16, hex(shade(shell, -0.3)));
        pen.stroke("M370 262h18M420 262h18M429 253v18", "#fff", 4, "opacity=\".8\"");
    } else {
        pen.floor_shadow(400, 650, 220, 0.36);
        pen.rect(196, 330, 408, 314, wood ? 20 : 56, pen.diagonal(shade(shell, 0.2), shade(shell, -0.24)));
        for (double x : {306.0, 494.0}) {
            pen.ellipse(x, 496, 82, 82, hex(shade(shell, -0.45)));
            pen.ellipse(x, 496, 70, 70, pen.ball(0x4A4C51)), pen.ellipse(x, 496, 26, 26, pen.ball(0x77797E));
        }
        pen.ellipse(400, 372, 15, 15, pen.across(0xC9A45C));
        pen.stroke("M330 372h.1M356 372h.1M444 372h.1M470 372h.1", hex(shade(shell, -0.45)), 9);
    }
}

}  // namespace

void draw_audio(Pen& pen) {
    switch (pen.picture.shape) {
        case Shape::headphones: return headphones(pen);
        case Shape::earbuds: return earbuds(pen);
        default: return speaker(pen);
    }
}

}  // namespace kindling::shop::simulator
