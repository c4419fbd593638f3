// shop/simulator/demand.h -- the known law of demand, which methods are later asked to find again.
#pragma once
#include "shop/simulator/time_line.h"

namespace kindling::shop::simulator {

class DemandModel {
public:
    explicit DemandModel(World const&);  // draws the media plan; keeps a reference to the world

    // Units a day at full price and without media; 0 before launch and after the end.
    double baseline(int product, Day) const;
    double price_factor(int product, int percent_off) const;  // (1 - percent)^elasticity
    double media_factor(Day day) const;                       // 1 + sum of the channels' lifts
    // percent_off of a product today and its promotion, or {0, -1}.
    struct Cut { int percent = 0, promotion = -1; };
    Cut cut(int product, Day) const;

    std::vector<MediaSpend> const& spend(Day day) const { return spend_[static_cast<std::size_t>(day - world_.first_day)]; }
    std::vector<float> const& channel_lift() const { return lift_; }  // [day][channel]
    double base_scale() const { return base_scale_; }

private:
    void plan_media();
    double relative(int product, Day day) const;
    World const& world_;
    std::vector<std::vector<MediaSpend>> spend_;
    std::vector<float> lift_;
    std::vector<float> calendar_, season_;     // [day], [department][day]
    std::vector<int> department_of_;           // by product
    std::vector<std::vector<int>> promotions_; // by product, in order
    double base_scale_ = 1;
};

}  // namespace kindling::shop::simulator
