// What hostile and plain files do to a shop: refusals by line and reason, nothing half kept, nothing twice.
#include "shop/imports/guess.h"
#include "shop/imports/goods.h"
#include "shop/imports/imports_test_support.h"
#include <ctime>
#include <fmt/format.h>

namespace kindling::shop::imports {
namespace {

using testing::ElementsAre, testing::IsEmpty, testing::HasSubstr;

constexpr std::string_view orders_head = "order_id,placed_at,sku,quantity,unit_price,title\n";

TEST_F(ImportTest, ReadsTimesWithoutAnOffsetWhereTheFileIsFrom) {
    auto const moment = [&](std::string const& order) { return text("SELECT placed_at_ms FROM orders WHERE order_id = '" + order + "'"); };
    auto const at = [](std::string_view utc) { return std::to_string(*parse_time(utc)); };
    std::string const rows = std::string(orders_head) + "{0}1,2024-07-01 00:30,S,1,5,Cup\n{0}2,2024-07-01T00:30:00Z,S,1,5,Cup\n{0}3,2024-07-01T00:30:00-04:00,S,1,5,Cup\n{0}4,2024-12-01,S,1,5,Cup\n";
    auto const of = [&](std::string_view prefix) { auto t = rows; for (std::size_t i; (i = t.find("{0}")) != t.npos;) t.replace(i, 3, prefix); return t; };
    run_text("utc.csv", of("u"));
    EXPECT_EQ(moment("u1"), at("2024-07-01T00:30:00Z")) << "the shop's days are those of UTC";
    run_text("london.csv", of("l"), {.time_zone = "Europe/London"});
    EXPECT_EQ(moment("l1"), at("2024-06-30T23:30:00Z")) << "summer time";
    EXPECT_EQ(moment("l4"), at("2024-12-01T00:00:00Z"));
    { auto tx = std::move(*services.store->write(1)); ASSERT_TRUE(tx->execute("UPDATE shops SET time_zone = 'Asia/Shanghai'")); ASSERT_TRUE(tx->commit()); }
    run_text("shop.csv", of("s"));
    EXPECT_EQ(moment("s1"), at("2024-06-30T16:30:00Z")) << "the shop's zone where nobody says another";
    for (auto const* prefix : {"u", "l", "s"}) {
        EXPECT_EQ(moment(prefix + std::string("2")), at("2024-07-01T00:30:00Z")) << "a Z is a Z everywhere";
        EXPECT_EQ(moment(prefix + std::string("3")), at("2024-07-01T04:30:00Z"));
    }
    EXPECT_EQ(run_fails({.path = write("mars.csv", of("m")), .time_zone = "Mars/Olympus"}), "invalid_request");
}

TEST_F(ImportTest, AnEmptyShopTakesTheLanguageOfItsFirstFile) {
    EXPECT_EQ(run_fails({.path = write("a.csv", std::string(orders_head) + "1,2024-07-01,S,1,5,Cup\n"), .shop_locale = "fr"}), "invalid_request");
    auto const first = run_text("b.csv", std::string(orders_head) + "1,2024-07-01,S,1,5,Cup\n", {.currency = "CNY", .shop_locale = "zh"});
    EXPECT_EQ(text("SELECT locale FROM shops"), "zh");
    run_text("c.csv", std::string(orders_head) + "2,2024-07-01,S,1,5,Cup\n", {.shop_locale = "en"});
    EXPECT_EQ(text("SELECT locale FROM shops"), "zh") << "a shop that sells keeps its own";
}

// 2099 and 1901 are slips of the pen: such an order would be the newest, or the oldest, of the shop.
TEST_F(ImportTest, RefusesOrdersOfTheFutureAndOfLongAgoByLine) {
    ASSERT_EQ(context().now / milliseconds_per_day, day_of(parse_time("2027-01-15T08:00:00Z").value()));
    auto const r = run_text("o.csv", std::string(orders_head) + "o1,2027-01-15,a,1,1.00,A\no2,2099-01-15,a,1,1.00,A\no3,2027-01-16 07:00,a,1,1.00,A\no4,2027-01-16 09:00,a,1,1.00,A\no5,1901-05-02,a,1,1.00,A\no6,1970-01-02,a,1,1.00,A\n", {.on_refused = OnRefused::keep_good});
    EXPECT_THAT(reasons_of(r), ElementsAre("3 in_the_future", "5 in_the_future", "6 out_of_range"));
    EXPECT_EQ(r.accepted, 3);
    EXPECT_EQ(count("SELECT COUNT(*) FROM orders WHERE order_id IN ('o1','o3','o6')"), 3) << "tomorrow may have begun where the file is from";
    EXPECT_EQ(count("SELECT COUNT(*) FROM orders"), 3);
}

TEST_F(ImportTest, RefusesEachBadRowWithLineAndReason) {
    auto const r = run_text("o.csv", std::string(orders_head) +
                                         "o1,2024-01-01,a,1,1.00,A\n"        // 2 good
                                         "o2,2024-02-30,a,1,1.00,A\n"        // 3
                                         "o3,yesterday,a,1,1.00,A\n"         // 4
                                         "o4,2024-01-01,a,one,1.00,A\n"      // 5
                                         "o5,2024-01-01,a,1,1.00.00,A\n"     // 6
                                         "o6,2024-01-01,a,1,\"2,55\",A\n"    // 7: a decimal comma is no thousand
                                         "o7,2024-01-01,a,1,-1,A\n"          // 8
                                         "o8,2024-01-01,a,0,1,A\n"           // 9
                                         ",2024-01-01,a,1,1,A\n"             // 10
                                         "o10,2024-01-01,a,1,0.001,A\n"      // 11
                                         "o11,2024-01-01,a,1\n"              // 12
                                         "o12,2024-01-01,a,1,1,A,more\n"     // 13
                                         "o13,2024-01-01,\xFF\xFE,1,1,A\n"   // 14
                                         "o14,2024-01-01,a,1,1," + std::string(1001, 'x') + "\n"  // 15
                                         "o15,2024-01-01,a,99999999999999999999,1,A\n"            // 16
                                         "o16,2024-01-01,a,1,9999999999999999999999,A\n"          // 17
                                         "o17,2024-01-01,,1,1,\n",                                // 18
                            {.encoding = TextEncoding::utf8, .on_refused = OnRefused::keep_good});
    EXPECT_THAT(reasons_of(r), ElementsAre("3 no_such_date", "4 malformed_time", "5 malformed_number", "6 malformed_amount", "7 malformed_amount", "8 negative_price", "9 out_of_range", "10 required", "11 too_many_decimals",
                                           "12 too_few_cells", "13 too_many_cells", "14 broken_text", "15 too_long", "16 out_of_range", "17 amount_overflow", "18 required"));
    ASSERT_EQ(r.refused_lines.size(), 16u);
    EXPECT_EQ(r.state, ImportState::done);
    EXPECT_EQ(text("SELECT order_id FROM orders"), "o1");
    EXPECT_EQ(count("SELECT COUNT(*) FROM import_lines"), 16);
    EXPECT_EQ(r.refused_lines[0].column, "placed_at");
    EXPECT_EQ(r.refused_lines[0].text, "2024-02-30");
    EXPECT_THAT(r.refused_lines[4].message, HasSubstr("decimal: comma"));
}

TEST_F(ImportTest, OneBadRowAndTheFileChangesNothing) {
    auto const before = everything();
    auto const r = run_text("o.csv", std::string(orders_head) + "o1,2024-01-01,a,1,1.00,A\no2,2024-13-01,a,1,1.00,A\n");
    EXPECT_EQ(r.state, ImportState::refused);
    EXPECT_EQ(r.refused, 1);
    EXPECT_EQ(everything(), before);
    EXPECT_EQ(text("SELECT state, lines, refused FROM imports"), "refused|2|1") << "the record stays";
    EXPECT_EQ(text("SELECT line, reason FROM import_lines"), "3|no_such_date");
}

TEST_F(ImportTest, KeepsAnOrderWholeOrNotAtAll) {
    std::string file(orders_head);
    file += "o1,2024-01-01,a,1,1.00,A\n";
    for (int i = 0; i < 20'000; ++i) file += "x" + std::to_string(i) + ",2024-01-01,a,1,1.00,A\n";
    file += "o1,2024-01-01,b,1,2.00,B\no1,2024-01-01,c,bad,2.00,C\n";  // o1 was written by now
    auto const r = run_text("o.csv", file, {.on_refused = OnRefused::keep_good});
    EXPECT_EQ(r.refused, 3);
    EXPECT_EQ(r.created.orders, 20'000);
    EXPECT_EQ(count("SELECT COUNT(*) FROM orders WHERE order_id = 'o1'"), 0);
    EXPECT_EQ(count("SELECT COUNT(*) FROM order_lines WHERE order_id = 'o1'"), 0);
    EXPECT_EQ(count("SELECT COUNT(*) FROM orders"), 20'000);
}

TEST_F(ImportTest, JoinsLinesOfAnOrderHoweverFarApart) {
    std::string file(orders_head);
    file += "o1,2024-01-01,a,1,1.00,A\n";
    for (int i = 0; i < 17'000; ++i) file += "x,2024-01-01,a,1,1.00,A\n";
    file += "o1,2024-01-01,b,3,2.00,B\n";
    auto const r = run_text("o.csv", file);
    EXPECT_EQ(r.created.orders, 2);
    EXPECT_EQ(text("SELECT total_minor, subtotal_minor FROM orders WHERE order_id = 'o1'"), "700|700");
    EXPECT_EQ(text("SELECT line, sku, quantity FROM order_lines WHERE order_id = 'o1' ORDER BY line"), "0|a|1\n1|b|3");
    EXPECT_EQ(count("SELECT COUNT(DISTINCT seq) FROM order_lines"), 17'002);
    auto const before = everything();
    EXPECT_EQ(run_text("o.csv", file).unchanged, 17'002);
    EXPECT_EQ(everything(), before);
}

TEST_F(ImportTest, DuplicateKeysAreKnownWhenEqualAndRefusedWhenNot) {
    auto const r = run_text("p.csv", "product_id,title,price\np1,Lamp,10\np2,Vase,5\np1,Lamp,10\np2,Vase,6\n", {.on_refused = OnRefused::keep_good});
    EXPECT_EQ(r.accepted, 2);
    EXPECT_EQ(r.unchanged, 1);
    EXPECT_THAT(reasons_of(r), ElementsAre("5 duplicate_key"));
    auto const c = run_text("c.csv", "customer_id,name,email\nc1,Ann,a@x.com\nc1,Ann,a@x.com\nc1,Bob,a@x.com\nc2,Eve,not an address\n", {.kind = Rows::customers, .on_refused = OnRefused::keep_good});
    EXPECT_THAT(reasons_of(c), ElementsAre("4 duplicate_key", "5 malformed_email"));
    EXPECT_EQ(c.unchanged, 1);
}

TEST_F(ImportTest, APriceOfZeroIsNoPrice) {
    auto const r = run_text("p.csv", "product_id,title,price\np1,Lamp,0\np2,Vase,5\np3,Bowl,0.00\n");
    EXPECT_EQ(r.accepted, 3);
    EXPECT_EQ(text("SELECT product_id, status FROM products ORDER BY product_id"), "p1|draft\np2|active\np3|draft");
    EXPECT_THAT(r.notes, testing::Contains(testing::AllOf(HasSubstr("price of 0"), HasSubstr("2"))));
    run_text("q.csv", "product_id,title,price\np1,Lamp,10\n");
    EXPECT_EQ(text("SELECT status FROM products WHERE product_id = 'p1'"), "active");
}

TEST_F(ImportTest, AProductIsKeptWholeOrNotAtAll) {
    auto const r = run_text("p.csv", "product_id,sku,title,price,option1_value\np1,s1,Shirt,10,S\np1,s2,Shirt,-3,M\np2,s3,Vase,5,\n", {.on_refused = OnRefused::keep_good});
    EXPECT_THAT(reasons_of(r), ElementsAre("3 negative_price", "2 product_incomplete"));
    EXPECT_EQ(text("SELECT product_id FROM products"), "p2");
    auto const taken = run_text("q.csv", "product_id,sku,title,price\np9,s3,Other,5\n");
    EXPECT_THAT(reasons_of(taken), ElementsAre("2 sku_taken"));
}

TEST_F(ImportTest, DatesAreConcludedFromTheWholeFileOrRefused) {
    std::string both(orders_head), late(orders_head);
    for (int i = 0; i < 3000; ++i) late += "o" + std::to_string(i) + ",1/12/2024 8:26,a,1,1,A\n";
    both += "o1,1/12/2024,a,1,1,A\n";
    EXPECT_EQ(run_fails({.path = write("both.csv", both)}), "ambiguous_dates");
    EXPECT_EQ(run({.path = write("both.csv", both), .date_order = DateStyle::day_first}).accepted, 1);
    EXPECT_EQ(text("SELECT placed_at_ms FROM orders"), "1733011200000") << "1 December 2024";
    EXPECT_EQ(run_text("late.csv", late + "p,13/1/2024 8:26 PM,a,1,1,A\n").accepted, 3000) << "o1 is known";
    EXPECT_EQ(text("SELECT placed_at_ms FROM orders WHERE order_id = 'p'"), "1705177560000");
    EXPECT_EQ(run_fails({.path = write("mixed.csv", late + "p,13/1/2024,a,1,1,A\nq,1/13/2024,a,1,1,A\n")}), "ambiguous_dates");
}

TEST_F(ImportTest, ReadsGB18030AndChineseNames) {
    // 商品编号,商品名称,价格,库存 / p1,玻璃杯,12.50,3 in GB18030
    auto const r = run_text("p.csv", "\xC9\xCC\xC6\xB7\xB1\xE0\xBA\xC5,\xC9\xCC\xC6\xB7\xC3\xFB\xB3\xC6,\xBC\xDB\xB8\xF1,\xBF\xE2\xB4\xE6\np1,\xB2\xA3\xC1\xA7\xB1\xAD,12.50,3\n", {.kind = Rows::products, .encoding = TextEncoding::gb18030});
    EXPECT_EQ(r.accepted, 1) << testing::PrintToString(reasons_of(r));
    EXPECT_EQ(text("SELECT p.title_zh, v.price_minor FROM products p JOIN variants v ON v.product_id = p.product_id"), "玻璃杯|1250");
}

TEST_F(ImportTest, ReadsReviewsAndCustomers) {
    run_text("p.csv", "product_id,title,price\np1,Lamp,10\n");
    auto const r = run_text("r.csv", "product_id,rating,review,date\np1,5,\"Lovely,\nreally\",2024-01-02\np1,6,no,2024-01-02\npX,4,where,2024-01-02\n", {.on_refused = OnRefused::keep_good});
    EXPECT_EQ(r.kind, Rows::reviews);
    EXPECT_THAT(reasons_of(r), ElementsAre("4 out_of_range", "5 product_not_found"));
    EXPECT_EQ(text("SELECT rating, body, language FROM reviews"), "5|Lovely,\nreally|en");
    EXPECT_EQ(run_text("c.csv", "Customer ID,First Name,Last Name,Email,Accepts Email Marketing,Created at\n7,Ann,B,ann@x.com,yes,2024-01-01\n").accepted, 1);
    EXPECT_EQ(text("SELECT purpose, granted FROM consents"), "email_marketing|1");
    EXPECT_EQ(run_text("c.csv", "Customer ID,First Name,Last Name,Email,Accepts Email Marketing,Created at\n7,Ann,B,ann@x.com,yes,2024-01-01\n").unchanged, 1);
}

TEST_F(ImportTest, AMappingMayBeGiven) {
    auto const path = write("x.csv", "Kode;Navn;Pris;Farve\nk1;Lampe;12,50;rød\n");
    EXPECT_EQ(run_fails({.path = path, .kind = Rows::products}), "mapping_incomplete");
    RunImport in{.path = path, .kind = Rows::products, .mapping = {{"Kode", "product_id"}, {"Navn", "title"}, {"Pris", "price"}, {"Farve", "attribute:colour"}}, .decimal = DecimalSign::comma};
    EXPECT_EQ(run(in).accepted, 1);
    EXPECT_EQ(text("SELECT name, text_en FROM attributes"), "colour|rød");
    EXPECT_EQ(text("SELECT price_minor FROM variants"), "1250");
    in.mapping.push_back({"Nope", "brand"});
    auto const wrong = try_run(in);
    ASSERT_FALSE(wrong.has_value());
    EXPECT_EQ(wrong.error().fields[0].path, "/mapping/4/column");
    in.mapping.back() = {"Pris", "no_field"};
    EXPECT_EQ(try_run(in).error().fields[0].reason, "unknown_field");
    in.mapping.back() = {"Farve", "title"};
    EXPECT_EQ(try_run(in).error().fields[0].reason, "field_mapped_twice");
}

TEST_F(ImportTest, InspectsWithoutChanging) {
    auto c = context();
    auto const seen = inspect_import(c, {.path = write("o.csv", "Order No;Order Date;Item Code;Qty;Unit Price;Remarks\n1;13/01/2024;a;2;1.50;hello\n")});
    ASSERT_TRUE(seen.has_value()) << seen.error().message;
    EXPECT_EQ(seen->kind, Rows::orders);
    EXPECT_EQ(seen->delimiter, ";");
    EXPECT_EQ(seen->date_order, DateStyle::day_first);
    EXPECT_EQ(seen->columns[0].field, "order_id");
    EXPECT_EQ(seen->columns[1].field, "placed_at");
    EXPECT_EQ(seen->columns[3].field, "quantity");
    EXPECT_GT(seen->columns[3].confidence, 0.8);
    EXPECT_THAT(seen->columns[3].why, HasSubstr("whole numbers"));
    EXPECT_EQ(seen->columns[4].field, "unit_price");
    EXPECT_THAT(seen->unmapped, ElementsAre("Item Code", "Remarks"));
    EXPECT_THAT(seen->missing, ElementsAre("sku or product_id or title"));
    auto const corrected = inspect_import(c, {.path = (folder / "o.csv").string(), .kind = Rows::orders, .mapping = {{"Item Code", "sku"}}});
    ASSERT_TRUE(corrected.has_value());
    EXPECT_THAT(corrected->missing, IsEmpty());
    EXPECT_EQ(corrected->lines_estimate, 1);
}

TEST_F(ImportTest, PathsAreForThisMachineAloneAndUploadsByTheirIdentifier) {
    auto const path = write("p.csv", "product_id,title,price\np1,Lamp,10\n");
    auto c = context();
    c.caller.kind = Caller::Kind::user;
    EXPECT_EQ(run_import(c, {.path = path}).error().reason, "path_not_allowed");
    EXPECT_EQ(inspect_import(c, {.path = path}).error().reason, "path_not_allowed");
    for (auto const* id : {"", "fil_", "fil_../../secret.key", "../secret.key", "/etc/passwd", "fil_abcdefgh", "fil_ABCDEFGH1", "fil_ABC.DEFG", "fil_ABCD/EFG"}) EXPECT_EQ(run_import(c, {.file_id = id}).error().reason, "file_not_found") << id;
    std::filesystem::copy_file(path, folder / "uploads" / "1" / "fil_01ABCDEF");
    EXPECT_EQ(run_import(c, {.file_id = "fil_01ABCDEF", .file_name = "goods.csv"})->accepted, 1);
    EXPECT_EQ(text("SELECT file_name FROM imports"), "goods.csv");
}

TEST_F(ImportTest, FilesThatAreNoTablesAreNamed) {
    EXPECT_EQ(run_fails({.path = write("e.csv", "")}), "empty_file");
    EXPECT_EQ(run_fails({.path = write("x.xlsx", "PK\x03\x04zzzz")}), "unsupported_file");
    EXPECT_EQ(run_fails({.path = write("l.json", "[{\"a\":1}]")}), "unsupported_file");
    EXPECT_EQ(run_fails({.path = (folder / "absent.csv").string()}), "file_not_found");
    EXPECT_EQ(run_fails({.path = write("p.csv", "a,b\nx,y\n"), .preset = "no-such"}), "unknown_preset");
    EXPECT_EQ(run_fails({.path = write("p.csv", "a,b\nx,y\n"), .preset = "online-retail"}), "preset_does_not_fit");
    EXPECT_EQ(run_fails({.path = write("p.csv", "a,b\nx,y\n")}), "kind_unsure");
}

TEST_F(ImportTest, TextIsDataWhateverItSays) {
    auto const r = run_text("p.csv", "product_id,title,description,price\n\"=cmd|' /C calc'!A0\",<script>alert(1)</script>,\"<img src=x onerror=alert(1)>Ignore all instructions &lt;b&gt;\",10\n'; DROP TABLE products; --,Robert,,1\n");
    EXPECT_EQ(r.accepted, 2);
    EXPECT_EQ(text("SELECT description_en FROM products WHERE title_en <> 'Robert'"), "Ignore all instructions <b>");
    EXPECT_EQ(count("SELECT COUNT(*) FROM products"), 2);
}

TEST_F(ImportTest, AForgottenPersonIsNotBroughtBack) {
    run_text("c.csv", "customer_id,name,email\nc1,Ann,a@x.com\n");
    {
        auto tx = std::move(*services.store->write(1));
        ASSERT_TRUE(tx->execute("UPDATE customers SET forgotten_at_ms = 1, name_sealed = NULL, email_sealed = NULL WHERE customer_id = 'c1'"));
        ASSERT_TRUE(tx->commit());
    }
    auto const r = run_text("c.csv", "customer_id,name,email\nc1,Ann,a@x.com\n");
    EXPECT_EQ(r.skipped, 1);
    EXPECT_EQ(count("SELECT COUNT(*) FROM customers WHERE name_sealed IS NOT NULL"), 0);
}

TEST_F(ImportTest, StopsWhenAskedAndKeepsNothing) {
    std::string file(orders_head);
    for (int i = 0; i < 10'000; ++i) file += "x" + std::to_string(i) + ",2024-01-01,a,1,1.00,A\n";
    std::stop_source source;
    auto c = context();
    c.progress = {source.get_token(), [&](std::int64_t, std::int64_t, std::string_view) { source.request_stop(); }};
    EXPECT_EQ(run_import(c, {.path = write("o.csv", file)}).error().reason, "cancelled");
    EXPECT_EQ(count("SELECT COUNT(*) FROM orders"), 0);
}

// What is looked up for each row must not grow with what is there: four times the products take about four times the time, not sixteen.
TEST_F(ImportTest, ManyProductsTakeNoLongerEach) {
    auto const seconds = [&](std::string const& name, int products) {
        std::string file = "product_id,sku,title,price,stock\n";
        for (int i = 0; i < products; ++i) file += fmt::format("{0}{1},{0}s{1},Vase {1},5,3\n", name, i);
        auto const start = std::clock();
        EXPECT_EQ(run_text(name + ".csv", file).created.products, products);
        return static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
    };
    auto const few = seconds("a", 2'500), many = seconds("b", 10'000);
    EXPECT_LT(many, 9 * few);
}

TEST_F(ImportTest, TheRealYearOfOnlineRetail) {
    auto const* data = std::getenv("KINDLING_DATA");
    auto const path = std::filesystem::path(data ? data : "") / "online-retail-uci/online_retail.csv.gz";
    if (!data || !std::filesystem::exists(path)) GTEST_SKIP() << "KINDLING_DATA does not hold online-retail-uci";
    auto const r = run({.path = path.string()});
    EXPECT_EQ(r.read, 541'909);
    EXPECT_EQ(r.refused, 0);
    EXPECT_EQ(r.skipped, 2'477);
    EXPECT_EQ(r.created.orders, 23'800);
    EXPECT_EQ(count("SELECT SUM(l.quantity * l.unit_price_minor) FROM order_lines l JOIN orders o ON o.order_id = l.order_id WHERE o.status <> 'returned' AND o.placed_at_ms >= 1320105600000 AND o.placed_at_ms < 1322697600000"), 150'949'633) << "sales of November 2011, as published with the questions on this data";
    EXPECT_EQ(run({.path = path.string()}).accepted, 0);
}

TEST(Times, TakeTheOrderTheyAreGiven) {
    EXPECT_EQ(*parse_time("12/1/2010 8:26", DateOrder::month_first), *parse_time("2010-12-01T08:26:00Z"));
    EXPECT_EQ(*parse_time("12/1/2010 8:26", DateOrder::day_first), *parse_time("2010-01-12T08:26:00Z"));
    EXPECT_EQ(parse_time("12/1/2010", DateOrder::year_first).error().reason, "ambiguous_date");
    EXPECT_EQ(*parse_time("2010/12/1 8:26:05", DateOrder::year_first), *parse_time("2010-12-01T08:26:05Z"));
    EXPECT_EQ(*parse_time("1.2.2010 12:00 AM", DateOrder::day_first), *parse_time("2010-02-01T00:00:00Z"));
    EXPECT_EQ(parse_time("31/2/2010", DateOrder::day_first).error().reason, "no_such_date");
    for (auto const* bad : {"", "1", "1/2", "1/2/10", "1/2-2010", "1/2/2010x", "1/2/2010 25:00", "1/2/2010 1:2", "1/2/2010 13:00 PM", "111/2/2010", "0/1/2010 99", "////"}) EXPECT_FALSE(parse_time(bad, DateOrder::day_first).has_value()) << bad;
}

TEST(Words, OfTitles) {
    EXPECT_EQ(title_case("WHITE HANGING HEART  T-LIGHT HOLDER"), "White Hanging Heart T-Light Holder");
    EXPECT_EQ(title_case("CHILDREN'S 50'S CUP"), "Children's 50's Cup");
    EXPECT_EQ(title_case("Already Fine"), "Already Fine");
    EXPECT_EQ(category_by_keyword("Jumbo Bag Red Retrospot").id, "bags");
    EXPECT_EQ(category_by_keyword("Christmas Lantern").id, "christmas");
    EXPECT_EQ(category_by_keyword("White Hanging Heart T-Light Holder").id, "lighting");
    EXPECT_EQ(category_by_keyword("Cabbage").id, "other") << "bag inside a word is no bag";
    EXPECT_EQ(category_by_keyword("").id, "other");
}

}  // namespace
}  // namespace kindling::shop::imports
