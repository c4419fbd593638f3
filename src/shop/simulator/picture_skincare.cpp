// shop/simulator/picture_skincare.cpp -- dropper bottles, jars and tubes with their cartons.
#include "shop/simulator/pen.h"

namespace kindling::shop::simulator {
namespace {

// A line's tint comes from its key ingredient, so that one brand's shelf is not of one colour.
std::uint32_t tint(Pen& pen) {
    static constexpr std::uint32_t tints[] = {0xB8CBD6, 0x9CC4DC, 0xD9C3A0, 0xC9B6D6, 0xA8C4A2, 0xE2C49A, 0xE8B04B, 0x93B58A};
    return shade(tints[pen.form()], pen.random.uniform(-0.1, 0.14));
}

void leaf(Pen& pen, double x, double y, double k) {
    pen.begin_group(fmt::format("translate({:.0f} {:.0f}) scale({:.2f})", x, y, k));
    pen.path("M0 0C-70-30-90-110-60-170C10-140 30-70 0 0Z", pen.diagonal(0xA9C09C, 0x6E8F6C));
    pen.stroke("M-2-4C-20-60-40-110-58-160", "#eef3ea", 3, "opacity=\".6\"");
    pen.path("M0 0C60-40 130-40 170 0C120 50 50 40 0 0Z", pen.diagonal(0x9DB893, 0x5F8262));
    pen.end_group();
}

void label(Pen& pen, double cx, double y, double w, std::uint32_t ink) {
    auto const c = hex(ink);
    pen.stroke(fmt::format("M{:.0f} {:.0f}H{:.0f}", cx - w * 0.5, y, cx + w * 0.5), c, 7, "opacity=\".75\"");
    pen.stroke(fmt::format("M{:.0f} {:.0f}H{:.0f}M{:.0f} {:.0f}H{:.0f}", cx - w * 0.32, y + 22, cx + w * 0.32, cx - w * 0.2, y + 38, cx + w * 0.2), c, 3, "opacity=\".5\"");
    pen.ellipse(cx, y - 34, 12, 12, "none", fmt::format("stroke=\"{}\" stroke-width=\"3\" opacity=\".7\"", c));
}

}  // namespace

void draw_skincare(Pen& pen) {
    auto const rgb = tint(pen);
    auto const carton = pen.random.chance(0.55), side = pen.random.chance(0.5);
    auto const cx = carton ? (side ? 330.0 : 470.0) : 400.0;
    auto const ink = shade(rgb, -0.6);
    if (pen.random.chance(0.45)) leaf(pen, side ? 620 : 170, 668, pen.random.uniform(0.7, 1.0));
    if (carton) {
        auto const x = side ? 430.0 : 230.0, h = 330 + 60 * pen.picture.size;
        pen.floor_shadow(x + 76, 660, 100, 0.3);
        pen.rect(x, 656 - h, 152, h, 3, pen.diagonal(shade(rgb, 0.62), shade(rgb, 0.42)));
        pen.polygon(fmt::format("{:.0f},{:.0f} {:.0f},{:.0f} {:.0f},656 {:.0f},656", x + 152, 656 - h, x + 178, 668 - h, x + 178, x + 152), hex(shade(rgb, 0.22)));
        label(pen, x + 76, 656 - h * 0.55, 92, ink);
        pen.rect(x, 656 - 46, 152, 46, 0, hex(rgb), "opacity=\".7\"");
    }
    switch (pen.picture.shape) {
        case Shape::serum: {
            auto const w = 66 + 14 * pen.picture.size, top = 400 - 50 * pen.picture.size;
            pen.floor_shadow(cx, 660, w * 1.5, 0.4);
            auto const glass = pen.random.chance(0.45) ? std::uint32_t{0xA8652A} : rgb;
            pen.rect(cx - 15, top - 170, 30, 74, 15, pen.across(pen.random.chance(0.5) ? 0x33353A : 0xF1EFEB));
            pen.rect(cx - 31, top - 104, 62, 68, 7, pen.across(pen.random.chance(0.5) ? 0xD2B47A : 0xF1EFEB));
            pen.rect(cx - 25, top - 40, 50, 48, 4, pen.across(glass));
            pen.rect(cx - w, top, 2 * w, 656 - top, 30, pen.across(glass, 1.1));
            pen.rect(cx - w + 12, top + 60, 2 * w - 24, 656 - top - 100, 4, "#fbf9f5", "opacity=\".92\"");
            label(pen, cx, top + 140, w * 1.1, ink);
            pen.stroke(fmt::format("M{0:.0f} {1:.0f}V620", cx - w + 16, top + 24), "#fff", 7, "opacity=\".45\"");
            pen.ellipse(cx + w + 56, 652, 19, 8, hex(shade(glass, 0.3)), "opacity=\".85\"");
            break;
        }
        case Shape::cream: {
            auto const w = 112 + 26 * pen.picture.size;
            pen.floor_shadow(cx, 660, w * 1.3, 0.4);
            pen.rect(cx - w, 520, 2 * w, 138, 34, pen.across(shade(rgb, 0.2), 0.7));
            pen.rect(cx - w + 16, 516, 2 * w - 32, 16, 4, hex(0xF6F3EE));
            pen.rect(cx - w - 5, 424, 2 * w + 10, 96, 17, pen.across(pen.random.chance(0.4) ? 0xD2B47A : pen.random.chance(0.5) ? 0xF3F0EA : shade(rgb, -0.2)));
            label(pen, cx, 596, w * 0.9, ink);
            if (!carton) pen.path(fmt::format("M{0:.0f} 656c20-34 70-30 84-8c24-4 30 16 10 20h-100q-20-2 6-12z", cx + w + 20), pen.down(0xFFFDF8, 0xE9E1D4));
            break;
        }
        default: {
            auto const sun = pen.picture.shape == Shape::sunscreen;
            auto const w = 72 + 14 * pen.picture.size, top = 280 - 40 * pen.picture.size;
            auto const body = sun ? shade(0xF2C15A, pen.random.uniform(-0.05, 0.35)) : shade(rgb, 0.24);
            pen.floor_shadow(cx, 660, w * 1.4, 0.4);
            if (sun && pen.pattern() == 2) {
                pen.rect(cx - w, top + 50, 2 * w, 606 - top, 34, pen.across(body)), pen.rect(cx - w + 20, top - 40, 2 * w - 40, 84, 12, pen.across(0xF6F3EE)), pen.rect(cx - 18, top - 70, 50, 34, 8, hex(0xE4DFD6));
            } else if (sun && pen.pattern() == 4) {
                pen.rect(cx - w * 0.8, top + 90, 1.6 * w, 566 - top, 26, pen.across(body)), pen.rect(cx - w * 0.8, top + 10, 1.6 * w, 100, 24, pen.across(0xF6F3EE));
            } else {
                pen.path(fmt::format("M{:.0f} {:.0f}H{:.0f}L{:.0f} 596H{:.0f}Z", cx - w - 12, top, cx + w + 12, cx + w - 14, cx - w + 14), pen.across(body, 0.7));
                pen.rect(cx - w - 12, top - 14, 2 * w + 24, 28, 3, hex(shade(body, -0.12)));
                pen.rect(cx - w + 12, 594, 2 * w - 24, 64, 8, pen.across(pen.random.chance(0.5) ? 0xF3F0EA : shade(rgb, -0.25)));
            }
            if (sun) {
                pen.ellipse(cx, top + 150, 30, 30, hex(0xE8863A));
                std::string rays;
                for (int i = 0; i < 8; ++i) { auto const a = i * 0.785; rays += fmt::format("M{:.0f} {:.0f}L{:.0f} {:.0f}", cx + 40 * std::cos(a), top + 150 + 40 * std::sin(a), cx + 52 * std::cos(a), top + 150 + 52 * std::sin(a)); }
                pen.stroke(rays, hex(0xE8863A), 6);
                label(pen, cx, top + 264, w * 1.1, 0x6A4A22);
            } else label(pen, cx, top + 170, w * 1.2, ink);
            pen.stroke(fmt::format("M{:.0f} {:.0f}L{:.0f} 560", cx - w + 16, top + 40, cx - w + 30), "#fff", 9, "opacity=\".4\"");
        }
    }
}

}  // namespace kindling::shop::simulator
