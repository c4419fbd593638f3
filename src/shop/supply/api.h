// shop/supply/api.h -- who delivers and what was ordered from them; campaigns and what they cost.
#pragma once
#include "shop/answers.h"
#include "shop/context.h"

namespace kindling::shop {

struct Supplier {
    std::string supplier_id, name, country;
    std::optional<double> lead_time_days, lead_time_deviation_days;
    std::optional<std::int64_t> minimum_order_minor;
    static constexpr Field fields[] = {
        field("supplier_id", "The shop's identifier of the supplier.", "供应商编号。").longest(64), field("name", "Name.", "名称。").longest(200), field("country", "Country.", "国家。").defaulted().longest(64),
        field("lead_time_days", "Days from order to receipt, as promised.", "承诺的交货天数。").range(0, 1000), field("lead_time_deviation_days", "Standard deviation of it, if known.", "交货天数的标准差（如已知）。").range(0, 1000),
        field("minimum_order_minor", "Smallest order, minor units.", "最小起订金额。").range(0, 1e15)};
};
BOOST_DESCRIBE_STRUCT(Supplier, (), (supplier_id, name, country, lead_time_days, lead_time_deviation_days, minimum_order_minor))

struct SaveSuppliers {
    std::vector<Supplier> suppliers;
    static constexpr Field fields[] = {field("suppliers", "Suppliers to save.", "要保存的供应商。").longest(5000)};
};
BOOST_DESCRIBE_STRUCT(SaveSuppliers, (), (suppliers))

struct SupplierList {
    std::vector<Supplier> suppliers;
    static constexpr Field fields[] = {field("suppliers", "Suppliers by id.", "按编号排列的供应商。")};
};
BOOST_DESCRIBE_STRUCT(SupplierList, (), (suppliers))

enum class PurchaseStatus { ordered, received, cancelled };
BOOST_DESCRIBE_ENUM(PurchaseStatus, ordered, received, cancelled)

struct PurchaseLine {
    std::string sku;
    std::int64_t quantity = 0, received = 0, cost_minor = 0;
    static constexpr Field fields[] = {field("sku", "SKU.", "SKU。").longest(128), field("quantity", "Units ordered.", "订购数量。").range(1, 1e9), field("received", "Units received so far.", "已收数量。").defaulted().range(0, 1e9), field("cost_minor", "Cost of one, minor units.", "单价，最小货币单位。").defaulted().range(0, 1e15)};
};
BOOST_DESCRIBE_STRUCT(PurchaseLine, (), (sku, quantity, received, cost_minor))

struct PurchaseOrder {
    std::string purchase_order_id, supplier_id, place_id = "main";
    PurchaseStatus status = PurchaseStatus::ordered;
    std::int64_t ordered_at_ms = 0;
    std::optional<std::int64_t> expected_day, received_at_ms;
    std::int64_t total_minor = 0;
    std::vector<PurchaseLine> lines;
    static constexpr Field fields[] = {
        field("purchase_order_id", "Identifier; empty: a new one.", "采购单号；留空自动生成。").defaulted().longest(64), field("supplier_id", "From whom.", "供应商。").longest(64), field("place_id", "Where to.", "收货地点。").defaulted().longest(64), field("status", "State.", "状态。").defaulted(),
        field("ordered_at_ms", "When; 0: now.", "下单时间；0 为现在。").defaulted(), field("expected_day", "Expected, days since 1970.", "预计到货日（1970 年起的天数）。"), field("received_at_ms", "Received.", "到货时间。"), field("total_minor", "Sum; 0 on input: of the lines.", "合计；写入时 0 为按明细计算。").defaulted(), field("lines", "What was ordered.", "采购明细。").defaulted().longest(2000)};
};
BOOST_DESCRIBE_STRUCT(PurchaseOrder, (), (purchase_order_id, supplier_id, place_id, status, ordered_at_ms, expected_day, received_at_ms, total_minor, lines))

struct SavePurchaseOrders {
    std::vector<PurchaseOrder> purchase_orders;
    static constexpr Field fields[] = {field("purchase_orders", "Purchase orders, each whole.", "采购单，每张须完整。").longest(5000)};
};
BOOST_DESCRIBE_STRUCT(SavePurchaseOrders, (), (purchase_orders))

struct ListPurchaseOrders {
    std::string supplier_id;
    std::optional<PurchaseStatus> status;
    std::int64_t page_size = 50;
    std::string page_token;
    static constexpr Field fields[] = {field("supplier_id", "Only from this supplier.", "仅此供应商。").defaulted().longest(64), field("status", "Only in this state.", "仅此状态。"), field("page_size", "Rows per page.", "每页条数。").defaulted().range(1, 500), field("page_token", "next_page_token of the page before.", "上一页的 next_page_token。").defaulted().longest(2000)};
};
BOOST_DESCRIBE_STRUCT(ListPurchaseOrders, (), (supplier_id, status, page_size, page_token))

struct PurchaseOrderPage {
    std::vector<PurchaseOrder> purchase_orders;
    std::string next_page_token;
    static constexpr Field fields[] = {field("purchase_orders", "Newest first, without lines.", "最新在前，不含明细。"), field("next_page_token", "Token of the next page; empty at the end.", "下一页的令牌；末页为空。")};
};
BOOST_DESCRIBE_STRUCT(PurchaseOrderPage, (), (purchase_orders, next_page_token))

struct Spend {
    std::string channel;
    std::int64_t day = 0, spend_minor = 0, impressions = 0, clicks = 0;
    static constexpr Field fields[] = {field("channel", "Where it was spent.", "投放渠道。").longest(64), field("day", "Days since 1970.", "日期（1970 年起的天数）。"), field("spend_minor", "Money, minor units.", "花费，最小货币单位。").range(0, 1e15), field("impressions", "Times shown.", "展示次数。").defaulted(), field("clicks", "Clicks.", "点击次数。").defaulted()};
};
BOOST_DESCRIBE_STRUCT(Spend, (), (channel, day, spend_minor, impressions, clicks))

struct Campaign {
    std::string campaign_id, name_en, name_zh, channel, kind;
    std::int64_t starts_at_ms = 0, ends_at_ms = 0;
    std::optional<std::int64_t> budget_minor;
    std::string status = "planned";
    std::vector<Spend> spend;
    static constexpr Field fields[] = {
        field("campaign_id", "The shop's identifier.", "活动编号。").longest(64), field("name_en", "Name in English.", "英文名称。").defaulted().longest(200), field("name_zh", "Name in Chinese.", "中文名称。").defaulted().longest(200), field("channel", "Main channel; empty: several.", "主要渠道；留空为多渠道。").defaulted().longest(64), field("kind", "sale, launch, always_on …", "sale 促销、launch 上新、always_on 常态投放等。").defaulted().longest(64),
        field("starts_at_ms", "Begins.", "开始时间。"), field("ends_at_ms", "Ends.", "结束时间。"), field("budget_minor", "Budget, minor units.", "预算，最小货币单位。").range(0, 1e15), field("status", "planned, running, ended.", "planned 计划中、running 进行中、ended 已结束。").defaulted().longest(32), field("spend", "What was spent, by channel and day; added to what is known.", "按渠道与日期的花费；并入已有记录。").defaulted().longest(20000)};
};
BOOST_DESCRIBE_STRUCT(Campaign, (), (campaign_id, name_en, name_zh, channel, kind, starts_at_ms, ends_at_ms, budget_minor, status, spend))

struct SaveCampaigns {
    std::vector<Campaign> campaigns;
    static constexpr Field fields[] = {field("campaigns", "Campaigns to save.", "要保存的活动。").longest(2000)};
};
BOOST_DESCRIBE_STRUCT(SaveCampaigns, (), (campaigns))

struct CampaignLine {
    std::string campaign_id, name_en, name_zh, channel, kind, status;
    std::int64_t starts_at_ms = 0, ends_at_ms = 0;
    std::optional<std::int64_t> budget_minor;
    std::int64_t spend_minor = 0, clicks = 0;
    static constexpr Field fields[] = {field("campaign_id", "Campaign.", "活动编号。"), field("name_en", "Name in English.", "英文名称。"), field("name_zh", "Name in Chinese.", "中文名称。"), field("channel", "Channel.", "渠道。"), field("kind", "Kind.", "类别。"), field("status", "State.", "状态。"), field("starts_at_ms", "Begins.", "开始时间。"), field("ends_at_ms", "Ends.", "结束时间。"), field("budget_minor", "Budget.", "预算。"), field("spend_minor", "Spent.", "已花费。"), field("clicks", "Clicks.", "点击次数。")};
};
BOOST_DESCRIBE_STRUCT(CampaignLine, (), (campaign_id, name_en, name_zh, channel, kind, status, starts_at_ms, ends_at_ms, budget_minor, spend_minor, clicks))

struct CampaignList {
    std::vector<CampaignLine> campaigns;
    static constexpr Field fields[] = {field("campaigns", "Campaigns, latest first.", "活动，最近在前。")};
};
BOOST_DESCRIBE_STRUCT(CampaignList, (), (campaigns))

Result<Saved> save_suppliers(Context&, SaveSuppliers const&);
Result<Saved> save_purchase_orders(Context&, SavePurchaseOrders const&);
Result<Saved> save_campaigns(Context&, SaveCampaigns const&);
std::vector<Operation> supply_operations();

}  // namespace kindling::shop
