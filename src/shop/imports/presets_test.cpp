// Each ready mapping on made-up rows in the real layout: what comes in, that a second time changes nothing, that a dry run leaves nothing.
#include "shop/imports/imports_test_support.h"

namespace kindling::shop::imports {
namespace {

using testing::ElementsAre;

constexpr std::string_view online_retail =
    "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n"
    "600001,80001,RED GARDEN BUCKET,6,12/13/2010 8:26,2.55,12001.0,United Kingdom\n"
    "600001,80002,TIN LUNCH BAG,2,12/13/2010 8:26,1.25,12001.0,United Kingdom\n"
    "600002,80001,RED GARDEN BUCKET,1,12/14/2010 9:00,2.95,,France\n"
    "600001,POST,POSTAGE,1,12/13/2010 8:27,18,12001.0,United Kingdom\n"
    "C600003,80001,RED GARDEN BUCKET,-2,12/15/2010 10:00,2.55,12001.0,United Kingdom\n"
    "600004,80003,damaged,-5,12/15/2010 11:00,0,,United Kingdom\n"
    "600005,80002,FREE LUNCH BAG,3,12/16/2010 11:00,0.0,12002.0,Germany\n"
    "600008,80002,found,400,12/16/2010 11:30,0.0,,United Kingdom\n"
    "A600006,B,Adjust bad debt,1,12/16/2010 12:00,-11062.06,,United Kingdom\n"
    "600007,PADS,PADS TO MATCH ALL CUSHIONS,1,12/17/2010 12:00,0.001,12002.0,Germany\n";

TEST_F(ImportTest, OnlineRetail) {
    auto const r = run_text("retail.csv", online_retail);
    EXPECT_EQ(r.preset, "online-retail");
    EXPECT_EQ(r.state, ImportState::done) << testing::PrintToString(reasons_of(r));
    EXPECT_EQ(r.read, 10);
    EXPECT_EQ(r.accepted, 7);
    EXPECT_EQ(r.skipped, 3);
    ASSERT_EQ(r.skipped_lines.size(), 3u);
    EXPECT_EQ(r.skipped_lines[0].line, 7);
    EXPECT_EQ(r.skipped_lines[0].reason, "stock_adjustment");
    EXPECT_EQ(r.skipped_lines[1].reason, "stock_adjustment") << "units that nobody bought for nothing; what a customer got free stays an order";
    EXPECT_EQ(r.skipped_lines[2].reason, "negative_price");
    EXPECT_EQ(text("SELECT name, currency FROM shops"), "Online Retail|GBP");
    EXPECT_EQ(text("SELECT order_id, customer_id, status, total_minor, country FROM orders ORDER BY order_id"),
              "600001|12001|delivered|3580|United Kingdom\n600002||delivered|295|France\n600005|12002|delivered|0|Germany\n600007|12002|delivered|0|Germany\nC600003|12001|returned|-510|United Kingdom");
    EXPECT_EQ(text("SELECT line, sku, quantity, unit_price_minor FROM order_lines WHERE order_id = '600001' ORDER BY line"), "0|80001|6|255\n1|80002|2|125\n2|POST|1|1800") << "a line that stands apart joins its order";
    EXPECT_EQ(text("SELECT product_id, title_en, category_id, status FROM products ORDER BY product_id"), "80001|Red Garden Bucket|garden|active\n80002|Tin Lunch Bag|bags|active\nPADS|Pads To Match All Cushions||archived\nPOST|Postage||archived");
    EXPECT_EQ(text("SELECT price_minor FROM variants WHERE sku = '80001'"), "295") << "the price of the last sale";
    EXPECT_EQ(text("SELECT customer_id, country FROM customers ORDER BY customer_id"), "12001|United Kingdom\n12002|Germany");
    EXPECT_EQ(text("SELECT placed_at_ms FROM orders WHERE order_id = '600001'"), "1292228760000") << "13 December 2010, 08:26";

    auto const before = everything();
    auto const again = run_text("retail.csv", online_retail);
    EXPECT_EQ(again.accepted, 0);
    EXPECT_EQ(again.unchanged, 7);
    EXPECT_EQ(everything(), before);
}

TEST_F(ImportTest, ADryRunLeavesNothing) {
    auto const before = everything();
    auto const r = run({.path = write("retail.csv", online_retail)}, Context::Mode::dry_run);
    EXPECT_EQ(r.state, ImportState::dry_run);
    EXPECT_EQ(r.accepted, 7);
    EXPECT_EQ(r.created.products, 4);
    EXPECT_EQ(everything(), before);
    EXPECT_EQ(count("SELECT COUNT(*) FROM imports"), 0);
}

TEST_F(ImportTest, ACurrencyThatIsNotTheShopsIsRefused) {
    run_text("p.csv", "product_id,title,price\np1,Lamp,10.00\n");
    auto const path = write("retail.csv", online_retail);
    EXPECT_EQ(run_fails({.path = path}), "currency_differs");
    EXPECT_EQ(count("SELECT COUNT(*) FROM orders"), 0);
    EXPECT_EQ(run({.path = path, .currency = "USD"}).accepted, 7);
}

TEST_F(ImportTest, ShopifyProducts) {
    constexpr std::string_view file =
        "Handle,Title,Body (HTML),Vendor,Product Category,Type,Tags,Published,Option1 Name,Option1 Value,Option2 Name,Option2 Value,Option3 Name,Option3 Value,Variant SKU,Variant Grams,Variant Inventory Tracker,Variant Inventory Qty,Variant Inventory Policy,Variant Fulfillment Service,Variant Price,Variant Compare At Price,Variant Requires Shipping,Variant Taxable,Variant Barcode,Image Src,Image Position,Image Alt Text,Gift Card,SEO Title,SEO Description,Variant Image,Cost per item,Status\n"
        "blue-shirt,Blue Shirt,\"<p>A <b>soft</b> shirt &amp; more.</p><script>alert(1)</script><ul><li>Cotton</li></ul>\",Acme,Apparel > Shirts,Shirts,summer,TRUE,Size,S,,,,,BS-S,200,shopify,5,deny,manual,19.90,25.00,TRUE,TRUE,'0012345678905,https://cdn.example.com/1.jpg,1,Front,FALSE,,,,8.10,active\n"
        "blue-shirt,,,,,,,,,M,,,,,BS-M,210,shopify,3,deny,manual,19.90,,TRUE,TRUE,,https://cdn.example.com/2.jpg,2,Back,,,,,8.10,\n"
        "blue-shirt,,,,,,,,,,,,,,,,,,,,,,,,,https://cdn.example.com/3.jpg,3,Side,,,,,,\n"
        "plain-mug,Plain Mug,,Acme,,Mugs,,FALSE,Title,Default Title,,,,,,300,shopify,-2,continue,manual,7.50,,TRUE,TRUE,,http://cdn.example.com/m.jpg,1,,FALSE,,,,,draft\n";
    auto const r = run_text("products_export.csv", file);
    EXPECT_EQ(r.preset, "shopify-products");
    EXPECT_THAT(reasons_of(r), ElementsAre());
    EXPECT_EQ(r.accepted, 4);
    EXPECT_EQ(text("SELECT product_id, title_en, brand, status, description_en FROM products ORDER BY product_id"), "blue-shirt|Blue Shirt|Acme|active|A soft shirt & more.\n\n• Cotton\nplain-mug|Plain Mug|Acme|draft|");
    EXPECT_EQ(text("SELECT sku, price_minor, compare_at_minor, cost_minor, weight_g, barcode, title_en FROM variants ORDER BY sku"), "BS-M|1990|-|810|210||M\nBS-S|1990|2500|810|200|0012345678905|S\nplain-mug|750|-|-|300||");
    EXPECT_EQ(text("SELECT sku, name, text_en FROM attributes ORDER BY sku"), "BS-M|size|M\nBS-S|size|S");
    EXPECT_EQ(count("SELECT COUNT(*) FROM media"), 3);
    EXPECT_EQ(text("SELECT category_id, parent_id, name_en FROM categories ORDER BY category_id"), "apparel||Apparel\napparel-shirts|apparel|Shirts\nmugs||Mugs");
    EXPECT_EQ(text("SELECT sku, on_hand FROM stock ORDER BY sku"), "BS-M|3\nBS-S|5\nplain-mug|0");
    auto const before = everything();
    EXPECT_EQ(run_text("products_export.csv", file).unchanged, 4);
    EXPECT_EQ(everything(), before);
}

TEST_F(ImportTest, ShopifyOrders) {
    constexpr std::string_view file =
        "Name,Email,Financial Status,Paid at,Fulfillment Status,Fulfilled at,Accepts Marketing,Currency,Subtotal,Shipping,Taxes,Total,Discount Code,Discount Amount,Shipping Method,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem compare at price,Lineitem sku,Lineitem requires shipping,Lineitem taxable,Lineitem fulfillment status,Billing Name,Shipping Name,Shipping Street,Shipping City,Shipping Zip,Shipping Province,Shipping Country,Shipping Phone,Cancelled at,Lineitem discount,Source\n"
        "#1001,ann@example.com,paid,2024-01-05 10:15:30 -0500,fulfilled,2024-01-06 09:00:00 -0500,no,EUR,40.00,5.00,0.00,45.00,,0.00,Standard,2024-01-05 10:15:29 -0500,2,Blue Shirt - S,15.00,,BS-S,true,true,fulfilled,Ann B,Ann B,Main St 1,Boston,'02110,MA,US,+1 555 0100,,0.00,web\n"
        "#1001,ann@example.com,,,,,,,,,,,,,,2024-01-05 10:15:29 -0500,1,Plain Mug,10.00,,PM,true,true,fulfilled,,,,,,,,,,0.00,\n"
        "#1002,ann@example.com,refunded,,unfulfilled,,no,EUR,10.00,0.00,0.00,10.00,,0.00,,2024-02-01 08:00:00 +0000,1,Plain Mug,10.00,,,true,true,pending,Ann B,Ann B,,,,,,,,0.00,web\n";
    auto const r = run_text("orders_export.csv", file);
    EXPECT_EQ(r.preset, "shopify-orders");
    EXPECT_THAT(reasons_of(r), ElementsAre());
    EXPECT_EQ(text("SELECT currency FROM shops"), "EUR") << "an empty shop takes the file's currency";
    EXPECT_EQ(text("SELECT order_id, placed_at_ms, status, subtotal_minor, shipping_minor, total_minor, channel FROM orders ORDER BY order_id"), "#1001|1704467729000|shipped|4000|500|4500|web\n#1002|1706774400000|returned|1000|0|1000|web");
    EXPECT_EQ(text("SELECT order_id, line, sku, quantity, unit_price_minor FROM order_lines ORDER BY order_id, line"), "#1001|0|BS-S|2|1500\n#1001|1|PM|1|1000\n#1002|0|plain-mug|1|1000");
    EXPECT_EQ(count("SELECT COUNT(*) FROM customers"), 1) << "one e-mail, one customer";
    EXPECT_EQ(count("SELECT COUNT(DISTINCT customer_id) FROM orders"), 1);
    auto const before = everything();
    EXPECT_EQ(run_text("orders_export.csv", file).unchanged, 3);
    EXPECT_EQ(everything(), before);
}

TEST_F(ImportTest, WooCommerce) {
    constexpr std::string_view file =
        "\xEF\xBB\xBFID,Type,SKU,\"GTIN, UPC, EAN, or ISBN\",Name,Published,Is featured?,Visibility in catalog,Short description,Description,Date sale price starts,Stock,Weight (kg),Sale price,Regular price,Categories,Tags,Images,Parent,Attribute 1 name,Attribute 1 value(s),Attribute 1 visible,Attribute 1 global\n"
        "44,variable,woo-vneck,,V-Neck,1,1,visible,,\"<p>Soft.</p>\",,,,,,\"Clothing > Tshirts, Clothing\",,\"https://ex.com/a.jpg, https://ex.com/b.jpg\",,Color,\"Blue, Red\",1,1\n"
        "46,simple,woo-beanie,,Beanie,1,0,visible,,Warm.,,7,0.2,18,20,Clothing > Accessories,,https://ex.com/c.jpg,,,,,\n"
        "60,variation,woo-vneck-red,,V-Neck - Red,1,0,visible,,,,3,.5,,20,,,https://ex.com/r.jpg,woo-vneck,Color,Red,,1\n"
        "61,variation,woo-vneck-blue,,V-Neck - Blue,1,0,visible,,,,2,.5,,21.5,,,,id:44,Color,Blue,,1\n"
        "70,simple,woo-logo,,Logo,-1,0,visible,,,,,,,,,,,,,,,\n";
    auto const r = run_text("wc-product-export.csv", file);
    EXPECT_EQ(r.preset, "woocommerce");
    EXPECT_THAT(reasons_of(r), ElementsAre());
    EXPECT_EQ(text("SELECT product_id, title_en, status, category_id FROM products ORDER BY product_id"), "44|V-Neck|active|clothing-tshirts\n46|Beanie|active|clothing-accessories\n70|Logo|draft|");
    EXPECT_EQ(text("SELECT product_id, sku, price_minor, compare_at_minor, weight_g, title_en FROM variants ORDER BY sku"), "46|woo-beanie|1800|2000|200|\n70|woo-logo|0|-|-|\n44|woo-vneck-blue|2150|-|500|Blue\n44|woo-vneck-red|2000|-|500|Red");
    auto const before = everything();
    EXPECT_EQ(run_text("wc-product-export.csv", file).unchanged, 5);
    EXPECT_EQ(everything(), before);
}

TEST_F(ImportTest, OlistInItsOrder) {
    std::pair<char const*, char const*> const files[] = {
        {"product_category_name_translation.csv", "product_category_name,product_category_name_english\nbeleza_saude,health_beauty\n"},
        {"olist_customers_dataset.csv", "\"customer_id\",\"customer_unique_id\",\"customer_zip_code_prefix\",\"customer_city\",\"customer_state\"\n\"c1\",\"u1\",\"14409\",\"franca\",\"SP\"\n\"c2\",\"u1\",\"14409\",\"franca\",\"SP\"\n"},
        {"olist_products_dataset.csv", "\"product_id\",\"product_category_name\",\"product_name_lenght\",\"product_description_lenght\",\"product_photos_qty\",\"product_weight_g\",\"product_length_cm\",\"product_height_cm\",\"product_width_cm\"\n\"abcdef1234\",\"beleza_saude\",40,287,1,225,16,10,14\n"},
        {"olist_orders_dataset.csv", "\"order_id\",\"customer_id\",\"order_status\",\"order_purchase_timestamp\",\"order_approved_at\",\"order_delivered_carrier_date\",\"order_delivered_customer_date\",\"order_estimated_delivery_date\"\n"
                                     "\"o1\",\"c1\",\"delivered\",\"2017-10-02 10:56:33\",\"2017-10-02 11:07:15\",\"2017-10-04 19:55:00\",\"2017-10-10 21:25:13\",\"2017-10-18 00:00:00\"\n\"o2\",\"c2\",\"unavailable\",\"2017-10-03 10:56:33\",,,,\"2017-10-18 00:00:00\"\n"},
        {"olist_order_items_dataset.csv", "\"order_id\",\"order_item_id\",\"product_id\",\"seller_id\",\"shipping_limit_date\",\"price\",\"freight_value\"\n\"o1\",1,\"abcdef1234\",\"s1\",\"2017-10-06 11:07:15\",29.99,8.72\n\"o1\",2,\"abcdef1234\",\"s1\",\"2017-10-06 11:07:15\",29.99,8.72\n"},
        {"olist_order_payments_dataset.csv", "\"order_id\",\"payment_sequential\",\"payment_type\",\"payment_installments\",\"payment_value\"\n\"o1\",1,\"credit_card\",1,18.12\n\"o1\",2,\"voucher\",1,59.30\n"},
        {"olist_order_reviews_dataset.csv", "\"review_id\",\"order_id\",\"review_score\",\"review_comment_title\",\"review_comment_message\",\"review_creation_date\",\"review_answer_timestamp\"\n\"r1\",\"o1\",4,\"\",\"Muito bom,\nrecomendo\",\"2017-10-11 00:00:00\",\"2017-10-12 03:43:48\"\n\"r2\",\"o2\",1,\"\",\"\",\"2017-10-11 00:00:00\",\"2017-10-12 03:43:48\"\n"}};
    for (auto const& [name, content] : files) {
        auto const r = run_text(name, content);
        EXPECT_TRUE(r.preset.starts_with("olist-")) << name;
        EXPECT_THAT(reasons_of(r), ElementsAre()) << name;
    }
    EXPECT_EQ(text("SELECT product_id, title_en, category_id FROM products"), "abcdef1234|Health beauty abcdef12|beleza-saude");
    EXPECT_EQ(text("SELECT price_minor, currency FROM variants"), "2999|BRL");
    EXPECT_EQ(text("SELECT order_id, customer_id, status, subtotal_minor, shipping_minor, total_minor FROM orders ORDER BY order_id"), "o1|u1|delivered|5998|1744|7742\no2|u1|cancelled|0|0|0");
    EXPECT_EQ(text("SELECT payment_id, provider, amount_minor FROM payments ORDER BY payment_id"), "o1-1|credit_card|1812\no1-2|voucher|5930");
    EXPECT_EQ(text("SELECT review_id, product_id, customer_id, rating FROM reviews"), "r1-o1|abcdef1234|u1|4");
    auto const before = everything();
    for (auto const& [name, content] : files) EXPECT_EQ(run_text(name, content).accepted, 0) << name;
    EXPECT_EQ(everything(), before);
}

TEST_F(ImportTest, AmazonProducts) {
    constexpr std::string_view file =
        R"({"fields":{"average_rating":4.5,"category":"Toys_and_Games","description":"## Puzzle\n\nFive hundred pieces.","id":120337225,"price":2334,"quantity":67,"title":"A Puzzle"},"put":"id:product:product::1"})" "\n"
        R"({"fields":{"average_rating":4,"category":"Toys_and_Games","description":"","id":120474075,"price":9800,"quantity":0,"title":"A Charger"},"put":"id:product:product::2"})" "\n"
        R"({"fields":{"average_rating":0,"category":"Toys_and_Games","description":"","id":3,"price":100,"quantity":0,"title":""},"put":"id:product:product::3"})" "\n";
    auto const r = run_text("products.jsonl", file);
    EXPECT_EQ(r.preset, "amazon-products");
    EXPECT_THAT(reasons_of(r), ElementsAre());
    EXPECT_EQ(r.skipped, 1) << "a row without a title";
    EXPECT_EQ(text("SELECT p.product_id, p.title_en, p.category_id, v.price_minor, v.currency, s.on_hand FROM products p JOIN variants v ON v.product_id = p.product_id JOIN stock s ON s.sku = v.sku ORDER BY 1"), "120337225|A Puzzle|toys-and-games|2334|USD|67\n120474075|A Charger|toys-and-games|9800|USD|0");
    EXPECT_EQ(text("SELECT name_en FROM categories"), "Toys and Games");
    EXPECT_EQ(text("SELECT locale FROM shops"), "en") << "an empty shop takes the language that every such file has";
    auto const before = everything();
    EXPECT_EQ(run_text("products.jsonl", file).unchanged, 2);
    EXPECT_EQ(everything(), before);
}

}  // namespace
}  // namespace kindling::shop::imports
