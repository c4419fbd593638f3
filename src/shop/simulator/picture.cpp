#include "shop/simulator/picture.h"
#include "shop/simulator/pen.h"

namespace kindling::shop::simulator {

Pen::Pen(Picture const& p) : picture(p), random(Random(p.seed).stream("picture")), prefix_(fmt::format("k{:x}", (p.seed ^ p.colour) & 0xFFFFF)) { backdrop(); }

std::string Pen::define(std::string_view element, std::string_view attributes, std::string_view content) {
    auto const id = fmt::format("{}-{}", prefix_, next_++);
    defs_ += fmt::format("<{0} id=\"{1}\" {2}>{3}</{0}>", element, id, attributes, content);
    return fmt::format("url(#{})", id);
}

std::string Pen::across(std::uint32_t rgb, double k) {
    auto const stop = [&](int at, double amount) { return fmt::format("<stop offset=\"{}%\" stop-color=\"{}\"/>", at, hex(shade(rgb, amount * k))); };
    return define("linearGradient", "", stop(0, -0.22) + stop(18, 0.06) + stop(32, 0.3) + stop(48, 0.06) + stop(80, -0.16) + stop(100, -0.3));
}
std::string Pen::down(std::uint32_t top, std::uint32_t bottom) {
    return define("linearGradient", "x2=\"0\" y2=\"1\"", fmt::format("<stop stop-color=\"{}\"/><stop offset=\"1\" stop-color=\"{}\"/>", hex(top), hex(bottom)));
}
std::string Pen::diagonal(std::uint32_t from, std::uint32_t to) {
    return define("linearGradient", "x2=\"1\" y2=\"1\"", fmt::format("<stop stop-color=\"{}\"/><stop offset=\"1\" stop-color=\"{}\"/>", hex(from), hex(to)));
}
std::string Pen::ball(std::uint32_t rgb) {
    return define("radialGradient", "cx=\".36\" cy=\".3\" r=\".8\"", fmt::format("<stop stop-color=\"{}\"/><stop offset=\".5\" stop-color=\"{}\"/><stop offset=\"1\" stop-color=\"{}\"/>", hex(shade(rgb, 0.34)), hex(rgb), hex(shade(rgb, -0.3))));
}
std::string Pen::light(std::uint32_t rgb, double opacity) {
    return define("radialGradient", "", fmt::format("<stop stop-color=\"{0}\" stop-opacity=\"{1:.2f}\"/><stop offset=\".6\" stop-color=\"{0}\" stop-opacity=\"{2:.2f}\"/><stop offset=\"1\" stop-color=\"{0}\" stop-opacity=\"0\"/>", hex(rgb), opacity, opacity * 0.4));
}

void Pen::path(std::string_view d, std::string_view fill, std::string_view more) { body_ += fmt::format("<path d=\"{}\" fill=\"{}\" {}/>", d, fill, more); }
void Pen::stroke(std::string_view d, std::string_view c, double width, std::string_view more) {
    body_ += fmt::format("<path d=\"{}\" fill=\"none\" stroke=\"{}\" stroke-width=\"{:.4g}\" stroke-linecap=\"round\" stroke-linejoin=\"round\" {}/>", d, c, width, more);
}
void Pen::rect(double x, double y, double w, double h, double radius, std::string_view fill, std::string_view more) {
    body_ += fmt::format("<rect x=\"{:.4g}\" y=\"{:.4g}\" width=\"{:.4g}\" height=\"{:.4g}\" rx=\"{:.4g}\" fill=\"{}\" {}/>", x, y, w, h, radius, fill, more);
}
void Pen::ellipse(double cx, double cy, double rx, double ry, std::string_view fill, std::string_view more) {
    body_ += fmt::format("<ellipse cx=\"{:.4g}\" cy=\"{:.4g}\" rx=\"{:.4g}\" ry=\"{:.4g}\" fill=\"{}\" {}/>", cx, cy, rx, ry, fill, more);
}
void Pen::polygon(std::string_view points, std::string_view fill, std::string_view more) { body_ += fmt::format("<polygon points=\"{}\" fill=\"{}\" {}/>", points, fill, more); }

void Pen::floor_shadow(double cx, double cy, double rx, double strength) {
    ellipse(cx + rx * 0.06, cy, rx * 1.12, rx * 0.17, light(0x2A2320, strength));
    ellipse(cx, cy, rx * 0.9, rx * 0.07, light(0x2A2320, strength * 1.4));
}

void Pen::begin_clip(std::string_view d) { body_ += fmt::format("<g clip-path=\"{}\">", define("clipPath", "", fmt::format("<path d=\"{}\"/>", d))); }

void Pen::backdrop() {
    // Quiet tints only, so that the product is the strongest colour of the picture.
    static constexpr std::uint32_t tints[] = {0xEFE8DF, 0xE6EAEE, 0xECE6E4, 0xE5EBE4, 0xF1E9DA, 0xE9E6EF, 0xEEEBE6, 0xE2E9EB};
    auto const tint = tints[random.below(std::size(tints))];
    auto const wall = define("radialGradient", "cx=\".42\" cy=\".32\" r=\".85\"", fmt::format("<stop stop-color=\"{}\"/><stop offset=\"1\" stop-color=\"{}\"/>", hex(shade(tint, 0.62)), hex(shade(tint, -0.06))));
    rect(0, 0, 800, 800, 0, wall);
    auto const scene = random.below(5);
    if (scene == 1) ellipse(400, 372, 272, 272, hex(shade(tint, -0.045)), "opacity=\".75\"");
    if (scene == 2) path("M178 672V372a222 222 0 0 1 444 0V672Z", down(shade(tint, -0.07), shade(tint, 0.15)), "opacity=\".8\"");
    if (scene == 3) path("M520 0 800 0V420L300 800H0V560Z", "#fff", "opacity=\".22\"");
    auto const ground = define("linearGradient", "x2=\"0\" y2=\"1\"", fmt::format("<stop stop-color=\"{0}\" stop-opacity=\"0\"/><stop offset=\".35\" stop-color=\"{0}\" stop-opacity=\".55\"/><stop offset=\"1\" stop-color=\"{1}\" stop-opacity=\".9\"/>", hex(shade(tint, -0.07)), hex(shade(tint, 0.1))));
    rect(0, 590, 800, 210, 0, ground);
}

std::string Pen::finish() const { return fmt::format("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 800 800\"><defs>{}</defs>{}</svg>", defs_, body_); }

std::string draw(Picture const& picture) {
    Pen pen(picture);
    // Small things are drawn larger, so that all fill their frame alike.
    auto const scale = picture.shape >= Shape::serum && picture.shape <= Shape::sunscreen ? 1.16 : picture.shape >= Shape::thermos && picture.shape <= Shape::kids_bottle ? 1.1
                     : picture.shape == Shape::tee || picture.shape == Shape::shirt || picture.shape == Shape::cardigan ? 1.12 : picture.shape >= Shape::headphones && picture.shape <= Shape::rice_cooker ? 1.08 : 1.0;
    auto const anchor = picture.shape <= Shape::cardigan ? 90.0 : 690.0;
    // Short things hang lower, so that they stay in the middle of the frame.
    auto const drop = picture.shape == Shape::dress ? 82 * (1 - picture.size) : picture.shape <= Shape::cardigan ? 44 * (1 - picture.size) : 0.0;
    pen.begin_group(fmt::format("translate({:.1f} {:.1f}) scale({})", 400 * (1 - scale), anchor * (1 - scale) + drop, scale));
    switch (picture.shape) {
        case Shape::dress: case Shape::shirt: case Shape::tee: case Shape::cardigan: draw_clothes(pen); break;
        case Shape::sneaker: case Shape::loafer: case Shape::boot: draw_shoes(pen); break;
        case Shape::tote: case Shape::backpack: case Shape::suitcase: draw_bags(pen); break;
        case Shape::headphones: case Shape::earbuds: case Shape::speaker: draw_audio(pen); break;
        case Shape::kettle: case Shape::air_fryer: case Shape::rice_cooker: draw_kitchen(pen); break;
        case Shape::desk_lamp: case Shape::floor_lamp: case Shape::pendant: draw_lamps(pen); break;
        case Shape::desk: case Shape::chair: case Shape::shelf: draw_furniture(pen); break;
        case Shape::thermos: case Shape::mug: case Shape::kids_bottle: draw_cups(pen); break;
        case Shape::serum: case Shape::cream: case Shape::tube: case Shape::sunscreen: draw_skincare(pen); break;
        case Shape::blocks: case Shape::plush: case Shape::puzzle: draw_toys(pen); break;
        case Shape::pet_food: case Shape::pet_bed: case Shape::fountain: draw_pets(pen); break;
    }
    pen.end_group();
    return pen.finish();
}

}  // namespace kindling::shop::simulator
