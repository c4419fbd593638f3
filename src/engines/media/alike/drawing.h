// engines/media/alike/drawing.h -- an SVG as a picture, by librsvg where that library is there.
//
// librsvg (LGPL-2.1+, written in Rust) is opened when the first drawing is to be read; no header and no package of it is needed to build. For drawings of the shop's own
// people only: a shopper's photo is never one. Nothing outside the file is fetched (it is given no address of its own), its scripts are not run. Drawn on white.
// Threads: any. About 8 ms for an 800 x 800 drawing of the demo shop at 256 pixels.
#pragma once
#include "engines/media/alike/picture.h"

namespace kindling::media {

// Whether drawings can be read on this machine.
bool can_draw();
// At most `side` pixels on the long side. failed_precondition "drawing_unavailable" (no librsvg here), invalid_argument "picture_damaged", "picture_too_large" (4 MB).
Result<Picture> draw_svg(std::string_view bytes, int side);

}  // namespace kindling::media
