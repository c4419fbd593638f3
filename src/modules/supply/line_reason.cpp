#include "modules/supply/line_reason.h"
#include "modules/supply/orders.h"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace kindling::supply_module {

namespace {

class Teller {
public:
    Teller(StockItem const& item, Level const& level, SupplyTerm const& term, LineUnits const& units) : item_(item), level_(level), term_(term), units_(units) {}

    LineReason tell(double needed, double days) {
        auto const above = units_.position > level_.policy.reorder_level;
        say(fmt::format("About {:.1f} are asked for until the order after this one comes ({:.0f} days); {:.0f} are here or on order, {} the level of {}.", needed, days, units_.position, above ? "above" : "at or below", item_.reorder_level),
            fmt::format("到下一次订货到货前（{:.0f} 天）预计需求约 {:.1f} 件；现货加在途 {:.0f} 件，{}订货点 {}。", days, needed, units_.position, above ? "高于" : "不高于", item_.reorder_level));
        if (units_.asked == 0) added();
        else level();
        if (auto const more = std::min(units_.ordered, units_.drafted) - units_.asked; units_.asked > 0 && more > 0) say(fmt::format("{} of them fill the order up to the supplier's least.", more), fmt::format("其中 {} 件为凑足供应商最低订货。", more));
        if (units_.ordered < units_.drafted)
            say(fmt::format("Cut from {} to {}: the supplier gives, the place holds or the money pays for no more.", units_.drafted, units_.ordered), fmt::format("因供应商上限、地点容量或资金，由 {} 件减为 {} 件。", units_.drafted, units_.ordered));
        return std::move(out_);
    }

private:
    void say(std::string const& en, std::string const& zh) { out_.en += (out_.en.empty() ? "" : " ") + en, out_.zh += zh; }
    std::int64_t after() const { return std::llround(units_.position) + units_.ordered; }

    void added() {
        say(fmt::format("Added to reach the supplier's least order: with these {}, {} are here or on order.", units_.ordered, after()), fmt::format("为达到供应商最低订货金额而增订：加上这 {} 件，现货加在途共 {} 件。", units_.ordered, after()));
        if (units_.wished > 0) say(fmt::format("By its level it would be ordered on its next order day ({}).", units_.wished), fmt::format("按其订货点将于下一下单日订货（{} 件）。", units_.wished));
    }

    void level() {
        auto const lots = level_.policy.kind == inventory::ReviewKind::lots && as_chosen(level_), cycle = level_.service == ServiceKind::cycle_service;
        auto const full = lots ? std::llround(level_.policy.quantity) : item_.order_up_to;
        auto const part = part_of_promise(item_.aim);
        auto const keeps_en = fmt::format("{} (promised {:.1f} %{})", cycle ? fmt::format("lacks nothing in {:.1f} % of order cycles", 100 * item_.cycle_service) : fmt::format("serves {:.1f} % of demand from the shelf", 100 * item_.fill_rate), 100 * item_.target, part.en.empty() ? "" : "; " + part.en);
        auto const keeps_zh = fmt::format("{}（承诺 {:.1f}%{}）", cycle ? fmt::format("{:.1f}% 的订货周期不缺货", 100 * item_.cycle_service) : fmt::format("现货可满足 {:.1f}% 的需求", 100 * item_.fill_rate), 100 * item_.target, part.zh.empty() ? "" : "；" + part.zh);
        // The order is its level, no more and no less.
        if ((lots ? units_.ordered : after()) == full) {
            say(lots ? fmt::format("Ordering {} at a time {}.", full, keeps_en) : fmt::format("Ordering up to {} {}.", full, keeps_en), lots ? fmt::format("每次订 {} 件，{}。", full, keeps_zh) : fmt::format("补足到 {} 件，{}。", full, keeps_zh));
            return;
        }
        auto const packs = !units_.lot && units_.drafted == units_.asked && units_.ordered == units_.drafted && (term_.pack_size > 1 || term_.minimum_quantity > 1);
        auto const terms_en = packs ? fmt::format(" (in packs of {}, {} at least)", term_.pack_size, std::max(term_.minimum_quantity, term_.pack_size)) : std::string(), terms_zh = packs ? fmt::format("（每箱 {} 件，至少 {} 件）", term_.pack_size, std::max(term_.minimum_quantity, term_.pack_size)) : std::string();
        say(fmt::format("Its level, {} {}, {}; {} are ordered{}, which makes {}.", lots ? "lots of" : "up to", full, keeps_en, units_.ordered, terms_en, after()), fmt::format("其水平为{} {} 件，{}；实订 {} 件{}，订货后共 {} 件。", lots ? "每次" : "补足到", full, keeps_zh, units_.ordered, terms_zh, after()));
    }

    StockItem const& item_;
    Level const& level_;
    SupplyTerm const& term_;
    LineUnits const& units_;
    LineReason out_;
};

}  // namespace

LineReason reason_of(StockItem const& item, Level const& level, SupplyTerm const& term, LineUnits const& units, double needed, double days) { return Teller(item, level, term, units).tell(needed, days); }

}  // namespace kindling::supply_module
