// shop/simulator/picture_clothes.cpp -- dresses, shirts, T-shirts and cardigans, hanging as on an invisible mannequin.
#include "shop/simulator/pen.h"
#include <algorithm>

namespace kindling::shop::simulator {
namespace {

std::uint32_t ink(std::uint32_t rgb) { return ((rgb >> 16 & 255) + (rgb >> 8 & 255) + (rgb & 255)) > 330 ? shade(rgb, -0.55) : shade(rgb, 0.62); }

void flowers(Pen& pen, double left, double right, double top, double bottom) {
    static constexpr std::uint32_t petals[] = {0xF4EDE2, 0xE9B7A8, 0xF0D28C, 0xC9D6E8, 0xE7C6D4};
    auto const petal = hex(petals[pen.random.below(5)]), heart = hex(0xD9A441), leaf = hex(0x7E9A6E);
    std::string dots, hearts, leaves;
    auto const gap = pen.random.uniform(54, 66);
    int row = 0;
    for (double y = top; y < bottom; y += gap, ++row)
        for (double x = left + (row % 2) * gap * 0.5; x < right; x += gap) {
            auto const px = x + pen.random.uniform(-7, 7), py = y + pen.random.uniform(-7, 7), r = pen.random.uniform(4, 6.5);
            dots += fmt::format("M{0:.0f} {1:.0f}a{2:.1f} {2:.1f} 0 1 0 .1 0M{3:.0f} {4:.0f}a{2:.1f} {2:.1f} 0 1 0 .1 0M{5:.0f} {4:.0f}a{2:.1f} {2:.1f} 0 1 0 .1 0", px, py - 5, r, px - 6, py + 5, px + 6);
            hearts += fmt::format("M{:.0f} {:.0f}h.1", px, py + 4);
            if (pen.random.chance(0.4)) leaves += fmt::format("M{:.0f} {:.0f}l9 7", px + 8, py + 8);
        }
    pen.stroke(leaves, leaf, 4);
    pen.path(dots, petal, "opacity=\".92\"");
    pen.stroke(hearts, heart, 5);
}

void polka(Pen& pen, double left, double right, double top, double bottom) {
    std::string dots;
    auto const gap = pen.random.uniform(30, 44);
    int row = 0;
    for (double y = top; y < bottom; y += gap, ++row)
        for (double x = left + (row % 2) * gap / 2; x < right; x += gap) dots += fmt::format("M{:.0f} {:.0f}h.1", x, y);
    pen.stroke(dots, hex(ink(pen.colour())), gap * 0.27, "opacity=\".85\"");
}

void stripes(Pen& pen, bool horizontal, double gap, double width) {
    std::string lines;
    for (double at = 120; at < 760; at += gap) lines += horizontal ? fmt::format("M100 {:.0f}H700", at) : fmt::format("M{:.0f} 100V760", at);
    pen.stroke(lines, hex(ink(pen.colour())), width, "opacity=\".55\"");
}

void ribs(Pen& pen, double gap, double opacity) {
    std::string lines;
    for (double x = 150; x < 660; x += gap) lines += fmt::format("M{:.0f} 120V740", x);
    pen.stroke(lines, hex(shade(pen.colour(), -0.35)), 2, fmt::format("opacity=\"{}\"", opacity));
}

void cables(Pen& pen, double top, double bottom) {
    std::string lines;
    for (double x : {290.0, 345.0, 455.0, 510.0})
        for (double y = top; y < bottom; y += 34) lines += fmt::format("M{0:.0f} {1:.0f}c22 6 22 28 0 34M{2:.0f} {1:.0f}c-22 6 -22 28 0 34", x - 10, y, x + 10);
    pen.stroke(lines, hex(shade(pen.colour(), -0.28)), 4, "opacity=\".55\"");
}

void hanger(Pen& pen) {
    pen.stroke("M400 118c0-16 18-16 18-32a18 18 0 0 0-36 0", "#8d8a86", 5);
}

// What hangs throws its shadow on the wall, to the right and below.
void wall_shadow(Pen& pen, double cy, double rx, double ry) { pen.ellipse(418, cy + 22, rx, ry, pen.light(0x2A2320, 0.2)); }

void dress(Pen& pen) {
    auto const size = pen.picture.size;
    auto const hem = 505 + 195 * size;
    auto const shirt_dress = pen.pattern() == 0 && pen.form() != 0, knit = pen.form() == 0;
    auto const flare = knit ? 88 + 26 * pen.random.uniform() : 128 + 42 * pen.random.uniform() + 14 * size;
    auto const waist = 322 + pen.random.uniform(-10, 14);
    auto const rgb = pen.colour();
    auto const fill = pen.cloth(rgb);
    auto const sleeve = knit ? 4 : pen.form();
    wall_shadow(pen, (150 + hem) / 2, flare * 1.2, (hem - 150) * 0.62);
    hanger(pen);
    // Sleeves first: they hang behind the bodice.
    auto const dark = pen.diagonal(shade(rgb, 0.05), shade(rgb, -0.2));
    for (int side : {-1, 1}) {
        pen.begin_group(side < 0 ? "translate(800 0) scale(-1 1)" : "translate(0 0)");
        static constexpr char const* outlines[] = {"M462 152C510 168 540 200 556 252L498 276C490 250 478 236 466 228Z", "M462 152C540 146 582 200 562 262C548 276 506 284 490 270C486 250 478 236 466 228Z",
                                                   "M462 152C516 170 552 232 572 366L522 378C510 312 490 258 466 228Z", "M462 152C520 172 556 250 580 442L536 450C520 356 492 262 466 228Z"};
        auto const* outline = outlines[std::clamp(sleeve, 1, 4) - 1];
        pen.path(outline, dark);
        pen.begin_clip(outline);
        if (pen.pattern() == 1) flowers(pen, 470, 590, 170, 450);
        if (pen.pattern() == 3) polka(pen, 470, 590, 170, 450);
        pen.end_clip();
        if (sleeve >= 3) pen.stroke(sleeve == 3 ? "M523 372L571 360" : "M537 440L580 432", hex(shade(rgb, -0.25)), 5);
        pen.end_group();
    }
    auto const d = fmt::format("M340 150C356 142 366 138 372 136C382 {3:.0f} 418 {3:.0f} 428 136C434 138 444 142 460 150C468 190 466 220 462 240C462 280 456 300 452 {0:.0f}C470 {1:.0f} {2:.0f} {4:.0f} {5:.0f} {6:.0f}C{7:.0f} {8:.0f} {9:.0f} {8:.0f} {10:.0f} {6:.0f}C{11:.0f} {4:.0f} 330 {1:.0f} 348 {0:.0f}C344 300 338 280 338 240C334 220 332 190 340 150Z",
        waist, waist + 40, 400 + flare * 0.85, knit ? 150.0 : 196.0, (waist + hem) / 2, 400 + flare, hem, 400 + flare * 0.5, hem + 18, 400 - flare * 0.5, 400 - flare, 400 - flare * 0.85);
    pen.path(d, fill);
    pen.begin_clip(d);
    if (pen.pattern() == 1) flowers(pen, 400 - flare, 400 + flare, 150, hem + 10);
    if (pen.pattern() == 3) polka(pen, 400 - flare, 400 + flare, 150, hem + 10);
    if (knit) ribs(pen, 11, 0.4);
    // Folds fall from the waist.
    for (int i = 0; i < 6; ++i) {
        auto const x = 400 + (i - 2.5) * flare / 3.2, top = 400 + (i - 2.5) * 17;
        pen.path(fmt::format("M{:.0f} {:.0f}Q{:.0f} {:.0f} {:.0f} {:.0f}L{:.0f} {:.0f}Q{:.0f} {:.0f} {:.0f} {:.0f}Z", top, waist + 8, (top + x) / 2 - 4, (waist + hem) / 2, x, hem + 20, x + 17, hem + 20, (top + x) / 2 + 6, (waist + hem) / 2, top, waist + 8), i % 2 == 0 ? "#000" : "#fff", "opacity=\".09\"");
    }
    pen.path(fmt::format("M300 120H356C346 240 350 {0:.0f} 352 {0:.0f}L{1:.0f} 740H200Z", waist, 400 - flare * 0.72), "#fff", "opacity=\".08\"");
    pen.end_clip();
    if (shirt_dress) {
        pen.path("M366 140L400 196L380 214L352 152ZM434 140L400 196L420 214L448 152Z", hex(shade(rgb, 0.2)), fmt::format("stroke=\"{}\" stroke-width=\"1.5\"", hex(shade(rgb, -0.2))));
        std::string buttons;
        for (double y = 226; y < hem - 12; y += 38) buttons += fmt::format("M400 {:.0f}h.1", y);
        pen.stroke(fmt::format("M400 198V{:.0f}", hem + 6), hex(shade(rgb, -0.22)), 2);
        pen.stroke(buttons, hex(ink(rgb)), 7);
    }
    if (!knit) {
        auto const belt = hex(shade(rgb, -0.22));
        pen.path(fmt::format("M347 {0:.0f}Q400 {1:.0f} 453 {0:.0f}L453 {2:.0f}Q400 {3:.0f} 347 {2:.0f}Z", waist - 9, waist + 1, waist + 7, waist + 17), belt);
        if (pen.random.chance(0.5)) pen.path(fmt::format("M428 {0:.0f}q26-20 32 2q-8 12-32-2q-26-18-32 2q8 12 32-2l14 58l-9 4l-9-58l-12 54l-9-4z", waist + 4), belt);
    } else {
        pen.path("M364 148C376 128 424 128 436 148C424 158 376 158 364 148Z", hex(shade(rgb, -0.12)));
        pen.stroke("M364 148C376 160 424 160 436 148", hex(shade(rgb, -0.3)), 2);
    }
}

void top(Pen& pen) {
    auto const rgb = pen.colour();
    auto const shape = pen.picture.shape;
    auto const wide = (shape == Shape::tee ? 138 : 128) + 16 * pen.random.uniform(), hem = (shape == Shape::tee ? 500 : 540) + 66 * pen.picture.size;
    auto const fill = pen.cloth(rgb), side_fill = pen.diagonal(shade(rgb, 0.04), shade(rgb, -0.22));
    wall_shadow(pen, (150 + hem) / 2, 250, (hem - 150) * 0.68);
    hanger(pen);
    for (int side : {-1, 1}) {
        pen.begin_group(side < 0 ? "translate(800 0) scale(-1 1)" : "translate(0 0)");
        if (shape == Shape::tee) {
            pen.path("M470 168C530 186 580 236 622 330L548 372C530 330 516 304 500 286Z", side_fill);
            if (pen.pattern() == 3) pen.begin_clip("M470 168C530 186 580 236 622 330L548 372C530 330 516 304 500 286Z"), stripes(pen, true, 36, 11), pen.end_clip();
            pen.stroke("M552 362L616 326", hex(shade(rgb, -0.2)), 2);
        } else {
            auto const* outline = "M470 168C536 190 586 290 626 560L566 574C548 446 524 350 500 300Z";
            pen.path(outline, side_fill);
            pen.begin_clip(outline);
            if (shape == Shape::shirt && pen.pattern() == 2) stripes(pen, false, 18, 3);
            if (shape == Shape::shirt && pen.pattern() == 3) stripes(pen, false, 38, 7), stripes(pen, true, 38, 7);
            if (shape == Shape::cardigan) ribs(pen, pen.pattern() == 3 ? 20 : 9, 0.2);
            pen.end_clip();
            pen.path(shape == Shape::shirt ? "M562 546L622 532L628 566L566 578Z" : "M562 538L622 524L628 562L566 574Z", hex(shade(rgb, -0.1)));
        }
        pen.end_group();
    }
    auto const d = fmt::format("M330 168C352 156 362 150 370 146C384 176 416 176 430 146C438 150 448 156 470 168C496 200 504 260 {0:.0f} 320L{1:.0f} {2:.0f}Q400 {3:.0f} {4:.0f} {2:.0f}L{5:.0f} 320C296 260 304 200 330 168Z", 400 + wide - 14, 400 + wide, hem, hem + 16, 400 - wide, 400 - wide + 14);
    pen.path(d, fill);
    pen.begin_clip(d);
    if (shape == Shape::shirt && pen.pattern() == 2) stripes(pen, false, pen.random.uniform(14, 24), 3);
    if (shape == Shape::shirt && pen.pattern() == 3) stripes(pen, false, 38, 7), stripes(pen, true, 38, 7);
    if (shape == Shape::tee && pen.pattern() == 3) stripes(pen, true, pen.random.uniform(30, 44), 11);
    if (shape == Shape::cardigan) { if (pen.pattern() == 1) cables(pen, 230, hem - 40); else ribs(pen, pen.pattern() == 3 ? 20 : 9, pen.pattern() == 3 ? 0.4 : 0.22); }
    for (int i = 0; i < 4; ++i) {
        auto const x = 318 + i * 54.0;
        pen.path(fmt::format("M{:.0f} 300q{} 170 {} {:.0f}h16q-10-170-14-350z", x, i % 2 == 0 ? 10 : -8, i % 2 == 0 ? -6 : 8, hem - 280), i % 2 == 0 ? "#000" : "#fff", "opacity=\".07\"");
    }
    if (shape == Shape::cardigan) pen.rect(200, hem - 30, 400, 60, 0, hex(shade(rgb, -0.14)), "opacity=\".6\"");
    pen.end_clip();
    auto const edge = hex(shade(rgb, -0.26));
    if (shape == Shape::tee) {
        if (pen.form() == 2) pen.path("M362 150L400 222L438 150C424 164 376 164 362 150Z", hex(shade(rgb, -0.36)));
        else pen.path("M362 150C378 200 422 200 438 150C424 164 376 164 362 150Z", hex(shade(rgb, -0.36)));
        pen.stroke(pen.form() == 2 ? "M360 152L400 226L440 152" : "M360 152C376 206 424 206 440 152", hex(shade(rgb, 0.14)), 9);
        if (pen.form() == 3) pen.stroke("M400 178V268", edge, 2), pen.stroke("M400 196h.1M400 224h.1M400 252h.1", hex(ink(rgb)), 8);
        if (pen.pattern() == 2) pen.stroke("M438 290q10-16 20 0q10-16 20 0q-4 18-20 28q-16-10-20-28z", hex(0xC8553D), 3);
        if (pen.pattern() == 4) {
            static constexpr std::uint32_t prints[] = {0xD9785B, 0x5B84B1, 0xE0A93B, 0x6F9A78};
            auto const print = hex(prints[pen.random.below(4)]);
            switch (pen.random.below(3)) {
                case 0: pen.ellipse(400, 350, 62, 62, print, "opacity=\".9\""), pen.path("M338 366Q370 336 400 366T462 366A62 62 0 0 1 338 366Z", "#fff", "opacity=\".45\""); break;
                case 1: pen.path("M336 400L384 316L410 356L428 332L466 400Z", print, "opacity=\".9\""), pen.ellipse(446, 312, 16, 16, hex(0xE0A93B)); break;
                default: pen.stroke("M350 380C360 310 440 310 450 380M372 380C376 336 424 336 428 380", print, 9);
            }
        }
    } else if (shape == Shape::shirt) {
        auto const collar = hex(shade(rgb, 0.22)), line = fmt::format("stroke=\"{}\" stroke-width=\"1.6\"", edge);
        pen.path("M370 146C382 160 418 160 430 146L400 200Z", hex(shade(rgb, -0.36)));
        if (pen.form() == 2) pen.stroke("M368 150C384 176 394 184 400 196C406 184 416 176 432 150", collar, 15);
        else if (pen.form() == 3) pen.path("M366 144L400 214L372 236L336 172ZM434 144L400 214L428 236L464 172Z", collar, line);
        else pen.path("M368 142L400 190L376 222L344 160ZM432 142L400 190L424 222L456 160Z", collar, line);
        pen.rect(389, 200, 22, hem - 190, 0, hex(shade(rgb, 0.1)), "opacity=\".8\"");
        pen.stroke(fmt::format("M389 206V{0:.0f}M411 206V{0:.0f}", hem + 8), edge, 1.4, "opacity=\".7\"");
        std::string buttons;
        for (double y = 236; y < hem - 20; y += 58) buttons += fmt::format("M400 {:.0f}h.1", y);
        pen.stroke(buttons, hex(ink(rgb)), 8);
        if (pen.form() != 3 || pen.random.chance(0.5)) pen.path("M440 290H496V346L468 360L440 346Z", hex(shade(rgb, 0.07)), line);
    } else {
        auto const deep = pen.form() == 2 ? 190.0 : 330.0;
        pen.path(fmt::format("M366 146C380 160 420 160 434 146L400 {:.0f}Z", deep), hex(shade(rgb, -0.42)));
        pen.stroke(fmt::format("M362 150C372 {0:.0f} 392 {1:.0f} 400 {2:.0f}V{3:.0f}M438 150C428 {0:.0f} 408 {1:.0f} 400 {2:.0f}", std::max(158.0, deep - 110), std::max(176.0, deep - 30), deep, hem + 8), hex(shade(rgb, -0.14)), pen.form() == 3 ? 30 : 20);
        std::string buttons;
        for (double y = deep + 26; y < hem; y += 62) buttons += fmt::format("M400 {:.0f}h.1", y);
        pen.stroke(buttons, pen.random.chance(0.5) ? hex(0x6E4A35) : hex(ink(rgb)), 15);
        if (pen.random.chance(0.6)) pen.stroke("M306 480h58M436 480h58", edge, 7);
    }
}

}  // namespace

void draw_clothes(Pen& pen) {
    if (pen.picture.shape == Shape::dress) dress(pen);
    else top(pen);
}

}  // namespace kindling::shop::simulator
