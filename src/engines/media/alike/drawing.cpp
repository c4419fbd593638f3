#include "engines/media/alike/drawing.h"

#include <dlfcn.h>

#include <algorithm>
#include <cmath>

#include "engines/media/alike/formats.h"

namespace kindling::media {

namespace {

struct Rectangle {
    double x, y, width, height;
};

// The few functions that are used, as librsvg 2.52 and cairo 1.16 declare them.
struct Library {
    void* (*handle_new)(const unsigned char*, unsigned long, void**) = nullptr;
    int (*size)(void*, double*, double*) = nullptr;
    int (*render)(void*, void*, const Rectangle*, void**) = nullptr;
    void (*unref)(void*) = nullptr;
    void (*error_free)(void*) = nullptr;
    void* (*surface_create)(int, int, int) = nullptr;
    int (*surface_status)(void*) = nullptr;
    void (*surface_flush)(void*) = nullptr;
    unsigned char* (*surface_data)(void*) = nullptr;
    int (*surface_stride)(void*) = nullptr;
    void (*surface_destroy)(void*) = nullptr;
    void* (*create)(void*) = nullptr;
    void (*source)(void*, double, double, double) = nullptr;
    void (*paint)(void*) = nullptr;
    void (*destroy)(void*) = nullptr;
    bool there = false;

    Library() {
        auto* const handle = ::dlopen("librsvg-2.so.2", RTLD_NOW | RTLD_LOCAL);  // for as long as the process lives
        if (!handle) return;
        there = true;
        // Symbols of the libraries that it stands on are found through it.
        auto const find = [&]<class Function>(Function& function, const char* name) { function = reinterpret_cast<Function>(::dlsym(handle, name)), there = there && function; };
        find(handle_new, "rsvg_handle_new_from_data"), find(size, "rsvg_handle_get_intrinsic_size_in_pixels"), find(render, "rsvg_handle_render_document");
        find(unref, "g_object_unref"), find(error_free, "g_error_free");
        find(surface_create, "cairo_image_surface_create"), find(surface_status, "cairo_surface_status"), find(surface_flush, "cairo_surface_flush"), find(surface_data, "cairo_image_surface_get_data");
        find(surface_stride, "cairo_image_surface_get_stride"), find(surface_destroy, "cairo_surface_destroy");
        find(create, "cairo_create"), find(source, "cairo_set_source_rgb"), find(paint, "cairo_paint"), find(destroy, "cairo_destroy");
    }
};

Library const& library() {
    static Library const one;
    return one;
}

}  // namespace

bool can_draw() { return library().there; }

Result<Picture> draw_svg(std::string_view bytes, int side) {
    auto const& lib = library();
    if (!lib.there) return fail(Errc::failed_precondition, "drawing_unavailable", "SVG drawings are read by librsvg, which is not on this machine; install librsvg2-2 and start again.");
    if (bytes.size() > 4u << 20) return fail(Errc::invalid_argument, "picture_too_large", "A drawing of more than 4 MB is not read.");
    void* error = nullptr;
    auto const forget = [&] { if (error) lib.error_free(error), error = nullptr; };
    auto* const drawing = lib.handle_new(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), &error);
    if (!drawing) return forget(), formats::damaged();
    double width = 0, height = 0;
    if (!lib.size(drawing, &width, &height) || !std::isfinite(width) || !std::isfinite(height) || width < 1 || height < 1) width = height = side;  // no size of its own: a square
    auto const scale = side / std::max(width, height);
    Picture out{std::clamp(static_cast<int>(std::lround(width * scale)), 1, side), std::clamp(static_cast<int>(std::lround(height * scale)), 1, side), {}};
    constexpr int rgb24 = 1;
    auto* const surface = lib.surface_create(rgb24, out.width, out.height);
    auto* const context = lib.create(surface);
    lib.source(context, 1, 1, 1), lib.paint(context);
    Rectangle const all{0, 0, static_cast<double>(out.width), static_cast<double>(out.height)};
    bool const fine = lib.render(drawing, context, &all, &error) != 0 && lib.surface_status(surface) == 0;
    forget();
    if (fine) {
        lib.surface_flush(surface);
        auto const* const data = lib.surface_data(surface);
        auto const stride = lib.surface_stride(surface);
        out.pixels.reserve(static_cast<std::size_t>(out.width) * static_cast<std::size_t>(out.height) * 3);
        for (int y = 0; y < out.height; ++y)
            for (int x = 0; x < out.width; ++x) {
                auto const* const pixel = reinterpret_cast<const std::uint32_t*>(data + static_cast<std::ptrdiff_t>(y) * stride) + x;
                for (int shift : {16, 8, 0}) out.pixels.push_back(static_cast<std::uint8_t>(*pixel >> shift));
            }
    }
    lib.destroy(context), lib.surface_destroy(surface), lib.unref(drawing);
    if (!fine) return formats::damaged();
    return out;
}

}  // namespace kindling::media
