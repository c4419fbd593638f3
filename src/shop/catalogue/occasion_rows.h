// shop/catalogue/occasion_rows.h -- the owner's own occasions and pastimes for the guide, as they wrote them (setting guide_occasions).
//
// One occasion a line: the words it is spoken of with, a colon, the kinds of goods that go with it, best first; and if wished, a semicolon and the qualities that suit it,
// a semicolon and "worn" when it is asked what to wear for it. Commas between, in either language; '#' begins a remark:
//     中秋, 中秋节, mid-autumn: 茶具, mugs; 礼盒装, gift boxed
//     国风活动, hanfu day: 连衣裙, shoes; 真丝; worn
// Pure; any thread.
#pragma once
#include "core/result.h"
#include <string>
#include <string_view>
#include <vector>

namespace kindling::shop {

struct OccasionRow {
    std::vector<std::string> said, kinds, qualities;
    bool worn = false;
};

// invalid_argument "occasions_invalid" with the line: no colon, no words, no kinds, a part too many, a word of more than 60 bytes or of one Latin letter, more than 30 in a
// part or 200 lines.
Result<std::vector<OccasionRow>> parse_occasions(std::string_view text);

}  // namespace kindling::shop
