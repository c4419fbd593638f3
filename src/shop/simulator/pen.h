// shop/simulator/pen.h -- what all product drawings share: tones of one colour, gradients, shadow, backdrop.
#pragma once
#include "core/random.h"
#include "shop/simulator/picture.h"
#include <fmt/format.h>
#include <string>
#include <string_view>

namespace kindling::shop::simulator {

// Positive towards white, negative towards black, -1..1.
constexpr std::uint32_t shade(std::uint32_t rgb, double amount) {
    std::uint32_t out = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
        auto const c = static_cast<double>(rgb >> shift & 255);
        auto const mixed = amount >= 0 ? c + (255 - c) * amount : c * (1 + amount);
        out |= static_cast<std::uint32_t>(mixed + 0.5) << shift;
    }
    return out;
}
inline std::string hex(std::uint32_t rgb) { return fmt::format("#{:06x}", rgb); }

class Pen {
public:
    explicit Pen(Picture const& picture);

    Picture const& picture;
    Random random;
    int form() const { return picture.style % 8; }     // 0: not given
    int pattern() const { return picture.style / 8; }  // 0: not given
    std::uint32_t colour() const { return picture.colour; }

    // Fills. `across` is a cylinder lit from the left front; `down` and `diagonal` run between two colours.
    std::string across(std::uint32_t rgb, double contrast = 1);
    std::string down(std::uint32_t top, std::uint32_t bottom);
    std::string diagonal(std::uint32_t from, std::uint32_t to);
    std::string ball(std::uint32_t rgb);               // a sphere's shading
    std::string light(std::uint32_t rgb, double opacity);  // radial, fading to nothing
    std::string cloth(std::uint32_t rgb) { return diagonal(shade(rgb, 0.16), shade(rgb, -0.14)); }

    void path(std::string_view d, std::string_view fill, std::string_view more = {});
    void stroke(std::string_view d, std::string_view colour, double width, std::string_view more = {});
    void rect(double x, double y, double w, double h, double radius, std::string_view fill, std::string_view more = {});
    void ellipse(double cx, double cy, double rx, double ry, std::string_view fill, std::string_view more = {});
    void polygon(std::string_view points, std::string_view fill, std::string_view more = {});
    void floor_shadow(double cx, double cy, double rx, double strength = 0.3);
    // Everything between begin_clip and end_clip is cut to the path.
    void begin_clip(std::string_view d);
    void end_clip() { body_ += "</g>"; }
    void begin_group(std::string_view transform) { body_ += fmt::format("<g transform=\"{}\">", transform); }
    void end_group() { body_ += "</g>"; }

    std::string finish() const;

private:
    std::string define(std::string_view element, std::string_view attributes, std::string_view content);
    void backdrop();
    std::string prefix_, defs_, body_;
    int next_ = 0;
};

// One function for each family of shapes.
void draw_clothes(Pen&);
void draw_shoes(Pen&);
void draw_bags(Pen&);
void draw_audio(Pen&);
void draw_kitchen(Pen&);
void draw_lamps(Pen&);
void draw_furniture(Pen&);
void draw_cups(Pen&);
void draw_skincare(Pen&);
void draw_toys(Pen&);
void draw_pets(Pen&);

}  // namespace kindling::shop::simulator
