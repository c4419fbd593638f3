// shop/simulator/picture_shoes.cpp -- sneakers, loafers and ankle boots from the side, toe to the left.
#include "shop/simulator/pen.h"
#include <array>

namespace kindling::shop::simulator {
namespace {

void sneaker(Pen& pen) {
    auto const rgb = pen.colour();
    auto const platform = pen.form() == 3 ? 26.0 : 0.0;
    auto const accents = std::to_array<std::uint32_t>({0xD9785B, 0x5B84B1, 0xE0A93B, 0x6F9A78, 0x2F3A4A, 0xF3F1EC});
    auto const accent = accents[pen.random.below(accents.size())];
    auto const sole = pen.random.chance(0.7) ? 0xF4F1EA : 0xC8A27A;
    pen.floor_shadow(404, 610 + platform, 300, 0.36);
    // Upper.
    auto const upper = "M140 548C134 500 168 480 232 462C296 442 330 398 372 362C392 346 420 352 438 372C468 400 520 404 566 384C592 374 612 356 640 366C664 376 668 420 664 470L668 556Z";
    pen.path(upper, pen.diagonal(shade(rgb, 0.2), shade(rgb, -0.16)));
    pen.begin_clip(upper);
    if (pen.pattern() == 1 || pen.pattern() == 2) {
        std::string dots;
        for (double row = 0; row < 9; ++row)
            for (double x = 160 + (static_cast<int>(row) % 2) * 9; x < 420; x += 18) dots += fmt::format("M{:.0f} {:.0f}h.1", x, 420 + row * 15);
        pen.stroke(dots, hex(shade(rgb, -0.3)), 4, "opacity=\".5\"");
    }
    pen.path("M130 560C130 500 160 486 214 470C216 520 250 540 300 560Z", hex(shade(rgb, pen.pattern() == 5 ? -0.24 : -0.1)), "opacity=\".85\"");
    pen.path("M560 300C600 420 590 500 560 580H720V300Z", hex(shade(rgb, -0.12)), "opacity=\".8\"");
    // Plain geometry: stripes and swooshes belong to others.
    switch (pen.random.below(3)) {
        case 0: pen.path("M426 440L478 498L426 556H462L514 498L462 440Z", hex(accent)); break;
        case 1: pen.ellipse(478, 494, 34, 34, "none", fmt::format("stroke=\"{}\" stroke-width=\"13\"", hex(accent))), pen.ellipse(478, 494, 9, 9, hex(accent)); break;
        default: pen.path("M452 560C462 500 500 446 548 420L612 404V560Z", hex(accent), "opacity=\".9\"");
    }
    pen.end_clip();
    // Tongue, collar and laces.
    pen.path("M360 372C352 330 372 300 398 306C420 312 440 348 446 378Z", hex(shade(rgb, 0.08)));
    pen.path("M438 372C470 402 520 404 566 384C592 374 612 356 640 366C610 386 590 420 560 424C510 430 460 412 438 372Z", hex(shade(rgb, -0.38)));
    pen.path("M624 362C640 330 664 336 660 372L664 420C640 400 630 384 624 362Z", hex(accent));
    pen.stroke("M252 452L282 476M284 436L314 464M314 414L344 446M340 388L372 424M362 366L398 402", "#f8f6f2", 11);
    pen.stroke("M256 450L286 474M288 434L318 462M318 412L348 444M344 386L376 422", "#00000022", 2);
    // Sole.
    pen.path(fmt::format("M132 {0:.0f}C128 {1:.0f} 136 {2:.0f} 150 {2:.0f}L664 {3:.0f}C684 {3:.0f} 690 {4:.0f} 684 {1:.0f}C680 {5:.0f} 660 {5:.0f} 640 {5:.0f}H190C156 {5:.0f} 134 {6:.0f} 132 {0:.0f}Z", 566.0, 584.0, 540.0, 548.0, 560.0, 608 + platform, 596 + platform), pen.down(shade(sole, 0.3), shade(sole, -0.14)));
    pen.stroke(fmt::format("M142 574Q300 {:.0f} 682 578", 586.0), hex(shade(sole, -0.2)), 2.5);
    if (pen.form() == 4) pen.path("M160 588Q400 560 670 590L660 602Q400 584 176 602Z", hex(accent));
    std::string tread;
    for (double x = 190; x < 650; x += 26) tread += fmt::format("M{:.0f} {:.0f}v-9", x, 607 + platform);
    pen.stroke(tread, hex(shade(sole, -0.34)), 5, "opacity=\".6\"");
    pen.stroke("M176 498C220 474 270 462 300 440", "#fff", 6, "opacity=\".35\"");
}

void loafer(Pen& pen) {
    auto const rgb = pen.colour();
    auto const thick = pen.pattern() == 3 ? 22.0 : 0.0, heel = 26 + 34 * pen.picture.size;
    pen.floor_shadow(404, 606 + thick, 292, 0.36);
    auto const upper = "M134 560C130 520 158 488 214 470C268 452 300 430 340 404C360 392 384 398 396 414C430 452 520 444 590 404C622 388 650 396 656 430L664 562Z";
    pen.path(upper, pen.diagonal(shade(rgb, 0.26), shade(rgb, -0.2)));
    pen.path("M396 414C430 452 520 444 590 404C610 394 630 392 642 402C600 420 560 470 490 470C440 470 410 440 396 414Z", hex(shade(rgb, -0.5)));
    pen.path("M206 474C260 500 300 520 330 556L290 560C260 530 220 510 176 506Z", "#000", "opacity=\".08\"");
    pen.stroke("M232 466C250 490 300 500 356 486C380 480 396 462 398 440", hex(shade(rgb, -0.4)), 3);
    pen.stroke("M160 512C176 500 200 492 222 486", "#fff", 9, "opacity=\".4\"");
    auto const band = pen.diagonal(shade(rgb, 0.14), shade(rgb, -0.3));
    pen.path("M300 432C340 462 400 500 470 562H416C370 520 310 490 262 456Z", band);
    if (pen.form() == 1) pen.path("M338 470l34 24l-12 10l-32-24z", hex(shade(rgb, -0.55)));
    if (pen.form() == 2) for (double x : {330.0, 352.0}) pen.path(fmt::format("M{0:.0f} 470c-16 10-26 30-22 50l10-4l4 8l8-6l8 8l6-10l10 2c4-20-4-40-24-48z", x), hex(shade(rgb, -0.3)));
    if (pen.form() == 3) {
        auto const gold = pen.across(0xD8B15A);
        pen.stroke("M310 462a15 11 35 1 0 22 18a15 11 35 1 0-22-18M372 508a15 11 35 1 0 22 18a15 11 35 1 0-22-18M330 478l46 36", gold, 8);
    }
    auto const sole = 0x3A2E28;
    pen.path(fmt::format("M128 562H668L672 {0:.0f}Q670 {1:.0f} 660 {1:.0f}H560L552 {2:.0f}H150Q126 {2:.0f} 128 562Z", 576 + heel, 586 + heel * 0.3 + thick, 582 + thick), pen.down(shade(sole, 0.18), shade(sole, -0.2)));
    pen.stroke("M132 564H666", hex(shade(rgb, 0.15)), 3, "stroke-dasharray=\"5 6\"");
}

void boot(Pen& pen) {
    auto const rgb = pen.colour();
    auto const style = pen.pattern();
    auto const form = pen.form();
    pen.floor_shadow(396, 668, 250, 0.36);
    auto const upper = "M176 622C172 580 206 556 262 542C310 530 346 500 352 450L352 236C352 226 358 220 368 220H566C576 220 582 226 582 236C580 330 588 400 598 470C602 520 602 570 600 622Z";
    pen.path(upper, pen.across(rgb, 0.75));
    pen.begin_clip(upper);
    pen.path("M170 640C176 570 250 560 300 540C350 520 380 470 390 420C400 520 430 600 470 640Z", "#000", "opacity=\".1\"");
    pen.path("M590 500C540 510 520 560 520 640H640V500Z", hex(shade(rgb, -0.22)), "opacity=\".7\"");
    pen.stroke("M366 250C362 330 368 400 356 470", "#fff", 12, "opacity=\".22\"");
    pen.end_clip();
    if (style == 1) {
        pen.path("M430 220H520L506 430C490 450 462 450 446 430Z", hex(shade(rgb, -0.5)));
        std::string lines;
        for (double y = 232; y < 430; y += 12) lines += fmt::format("M{:.0f} {:.0f}H{:.0f}", 433 + (y - 220) * 0.07, y, 518 - (y - 220) * 0.07);
        pen.stroke(lines, hex(shade(rgb, -0.2)), 2, "opacity=\".7\"");
        pen.path("M468 196h18v40h-18z", hex(shade(rgb, -0.3)));
    } else if (style == 2) {
        std::string laces;
        for (int i = 0; i < 7; ++i) laces += fmt::format("M{0} {1}L{2} {3}M{0} {3}L{2} {1}", 348 + (i > 4 ? -(i - 4) * 14 : 0), 250 + i * 34, 396 + (i > 4 ? -(i - 4) * 12 : 0), 276 + i * 34);
        pen.stroke(laces, "#f0e8da", 5);
        pen.stroke("M404 240C402 340 410 440 372 520", hex(shade(rgb, -0.34)), 3);
    } else if (style == 3) {
        std::string lines;
        for (double x = 366; x < 580; x += 13) lines += fmt::format("M{:.0f} 226V310", x);
        pen.stroke(lines, hex(shade(rgb, -0.3)), 3, "opacity=\".6\"");
    } else {
        pen.stroke("M500 232C498 340 504 440 516 540", hex(shade(rgb, -0.4)), 4);
        pen.path("M496 232h12v26l-6 8l-6-8z", pen.across(0xC9CCD2));
    }
    pen.rect(350, 214, 234, 18, 8, hex(shade(rgb, -0.24)));
    auto const sole = 0x2E2724;
    if (form == 3) pen.path("M170 618H604L606 664H420C340 664 300 650 190 652Q168 650 170 618Z", pen.down(shade(sole, 0.2), sole));
    else if (form == 1) pen.path("M170 616H604L600 666H506L498 640H190Q166 640 170 616Z", pen.down(shade(sole, 0.2), sole));
    else pen.path("M170 618H606L604 658H512L506 648H190Q166 648 170 618Z", pen.down(shade(sole, 0.2), sole));
    pen.stroke("M176 619H600", hex(shade(rgb, 0.2)), 3, "stroke-dasharray=\"5 6\"");
}

}  // namespace

void draw_shoes(Pen& pen) {
    switch (pen.picture.shape) {
        case Shape::sneaker: return sneaker(pen);
        case Shape::loafer: return loafer(pen);
        default: return boot(pen);
    }
}

}  // namespace kindling::shop::simulator
