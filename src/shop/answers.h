// shop/answers.h -- answers that many operations share.
#pragma once
#include "core/operation.h"

namespace kindling::shop {

// What a bulk save did. Saving the same rows twice leaves them unchanged the second time.
struct Saved {
    std::int64_t created = 0, updated = 0, unchanged = 0;
    static constexpr Field fields[] = {
        field("created", "Rows that were new.", "新建的条数。"),
        field("updated", "Rows that changed.", "有变化的条数。"),
        field("unchanged", "Rows that were already so.", "原本就一致的条数。"),
    };
};
BOOST_DESCRIBE_STRUCT(Saved, (), (created, updated, unchanged))

}  // namespace kindling::shop
