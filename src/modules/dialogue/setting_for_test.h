// modules/dialogue/setting_for_test.h -- a setting of the first shop, changed as its owner does.
#pragma once
#include "shop/people/people.h"
#include "shop/shop_for_test.h"
#include <boost/json.hpp>
#include <gtest/gtest.h>

namespace kindling::dialogue::test {

inline void change_setting(shop::Services& services, std::string_view name, std::string const& value) {
    auto tx = std::move(*services.store->write(1));
    Context context{.services = services, .open = tx.get(), .now = 1};
    json::value answer;
    for (auto const& o : shop::administration_operations())
        if (o.name == "settings.update") { ASSERT_TRUE(o.run(context, json::object{{"changes", json::array{json::object{{"name", name}, {"value", value}}}}}, answer)); }
    ASSERT_TRUE(tx->commit());
}

}  // namespace kindling::dialogue::test
