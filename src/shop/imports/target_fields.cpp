// What a table can say about products, orders, customers and reviews, and how such columns are usually called in English and Chinese exports.
#include "shop/imports/mapping.h"

namespace kindling::shop::imports {

namespace {

constexpr auto required = TargetField::Need::required;
constexpr auto optional = TargetField::Need::optional;

constexpr TargetField product_fields[] = {
    {F::title, "title", {"Title", "标题"}, Shape::text, optional, "name productname producttitle itemname 商品名称 商品标题 标题 名称 品名 产品名称"},
    {F::price, "price", {"Price", "价格"}, Shape::amount, optional, "variantprice unitprice saleprice sellingprice regularprice 价格 售价 单价 销售价"},
    {F::product_id, "product_id", {"Product ID", "商品编号"}, Shape::text, optional, "productid id handle itemid asin 商品编号 商品id 产品编号 货号"},
    {F::sku, "sku", {"SKU", "SKU"}, Shape::text, optional, "variantsku skucode stockcode skuid 规格编码 商家编码 sku编码"},
    {F::price_minor, "price_minor", {"Price in cents", "价格（分）"}, Shape::whole, optional, "priceminor pricecents priceincents 价格分"},
    {F::sale_price, "sale_price", {"Reduced price", "促销价"}, Shape::amount, optional, "discountprice promotionalprice 促销价 活动价"},
    {F::compare_at, "compare_at", {"Former price", "划线价"}, Shape::amount, optional, "compareatprice listprice msrp originalprice 划线价 原价 市场价"},
    {F::cost, "cost", {"Cost", "成本"}, Shape::amount, optional, "costperitem costprice 成本 成本价 进价"},
    {F::title_zh, "title_zh", {"Title in Chinese", "中文标题"}, Shape::text, optional, "titlezh titlecn 中文标题 中文名称"},
    {F::description, "description", {"Description", "描述"}, Shape::text, optional, "body bodyhtml productdescription details 描述 商品描述 商品详情 详情"},
    {F::description_zh, "description_zh", {"Description in Chinese", "中文描述"}, Shape::text, optional, "descriptionzh 中文描述"},
    {F::category, "category", {"Category", "类目"}, Shape::text, optional, "categories productcategory type producttype categoryname 类目 分类 类别 商品类目 商品分类"},
    {F::category_zh, "category_zh", {"Category in Chinese", "中文类目"}, Shape::text, optional, "categoryzh 中文类目"},
    {F::brand, "brand", {"Brand", "品牌"}, Shape::text, optional, "vendor manufacturer brandname 品牌 品牌名称"},
    {F::brand_zh, "brand_zh", {"Brand in Chinese", "中文品牌"}, Shape::text, optional, "brandzh 中文品牌"},
    {F::barcode, "barcode", {"Barcode", "条码"}, Shape::text, optional, "gtin ean upc ean13 isbn variantbarcode gtinupceanorisbn 条码 条形码"},
    {F::stock, "stock", {"Stock", "库存"}, Shape::whole, optional, "quantity inventory qty stockquantity inventoryquantity variantinventoryqty 库存 数量 库存数量"},
    {F::weight_g, "weight_g", {"Weight in grams", "重量（克）"}, Shape::number, optional, "weightg grams variantgrams productweightg 重量g 重量克 克重"},
    {F::weight_kg, "weight_kg", {"Weight in kilograms", "重量（千克）"}, Shape::number, optional, "weightkg weight 重量kg 重量千克 重量"},
    {F::weight_lb, "weight_lb", {"Weight in pounds", "重量（磅）"}, Shape::number, optional, "weightlbs weightlb"},
    {F::length_cm, "length_cm", {"Length in centimetres", "长度（厘米）"}, Shape::number, optional, "lengthcm productlengthcm 长cm"},
    {F::height_cm, "height_cm", {"Height in centimetres", "高度（厘米）"}, Shape::number, optional, "heightcm productheightcm 高cm"},
    {F::width_cm, "width_cm", {"Width in centimetres", "宽度（厘米）"}, Shape::number, optional, "widthcm productwidthcm 宽cm"},
    {F::picture, "picture", {"Picture address", "图片地址"}, Shape::text, optional, "image images imageurl imagesrc picturelink imagelink pictureurl photo 图片 主图 图片地址 图片链接"},
    {F::picture_alt, "picture_alt", {"Picture text", "图片说明"}, Shape::text, optional, "imagealttext imagealt 图片说明"},
    {F::variant_picture, "variant_picture", {"Picture of the variant", "规格图片"}, Shape::text, optional, "variantimage 规格图片"},
    {F::status, "status", {"State", "状态"}, Shape::text, optional, "productstatus 状态 商品状态"},
    {F::published, "published", {"Published", "是否上架"}, Shape::flag, optional, "isactive active enabled 是否上架 上架"},
    {F::option1_name, "option1_name", {"Option 1, name", "规格1名称"}, Shape::text, optional, "option1name attribute1name 规格1名称"},
    {F::option1_value, "option1_value", {"Option 1, value", "规格1值"}, Shape::text, optional, "option1value attribute1values 规格1值 规格"},
    {F::option2_name, "option2_name", {"Option 2, name", "规格2名称"}, Shape::text, optional, "option2name attribute2name 规格2名称"},
    {F::option2_value, "option2_value", {"Option 2, value", "规格2值"}, Shape::text, optional, "option2value attribute2values 规格2值"},
    {F::option3_name, "option3_name", {"Option 3, name", "规格3名称"}, Shape::text, optional, "option3name attribute3name 规格3名称"},
    {F::option3_value, "option3_value", {"Option 3, value", "规格3值"}, Shape::text, optional, "option3value attribute3values 规格3值"},
    {F::row_type, "row_type", {"Kind of row", "行类型"}, Shape::text, optional, ""},
    {F::parent, "parent", {"Product that the row belongs to", "所属商品"}, Shape::text, optional, "parentid parentsku 父商品"},
    {F::currency, "currency", {"Currency", "货币"}, Shape::text, optional, "currencycode 货币 币种"},
};

constexpr TargetField order_fields[] = {
    {F::order_id, "order_id", {"Order number", "订单号"}, Shape::text, required, "orderid order orderno ordernumber invoiceno invoice transactionid 订单号 订单编号 订单id"},
    {F::placed_at, "placed_at", {"Placed at", "下单时间"}, Shape::time, required, "orderdate date createdat invoicedate orderedat purchasedate purchasedat ordertime orderpurchasetimestamp 下单时间 订单日期 日期 订单创建时间 创建时间"},
    {F::sku, "sku", {"SKU", "SKU"}, Shape::text, optional, "lineitemsku stockcode itemsku productsku skucode itemid productcode 商家编码 规格编码 sku编码 货号"},
    {F::quantity, "quantity", {"Quantity", "数量"}, Shape::whole, optional, "qty units lineitemquantity amountordered 数量 购买数量 件数"},
    {F::unit_price, "unit_price", {"Price of one", "单价"}, Shape::amount, optional, "price unitprice lineitemprice itemprice 单价 价格 商品单价"},
    {F::title, "title", {"What was bought", "商品标题"}, Shape::text, optional, "description productname lineitemname itemname product 商品名称 商品标题 品名 标题"},
    {F::product_id, "product_id", {"Product ID", "商品编号"}, Shape::text, optional, "productid 商品编号 商品id"},
    {F::line_discount, "line_discount", {"Off this line", "本行优惠"}, Shape::amount, optional, "lineitemdiscount linediscount 本行优惠 行优惠"},
    {F::customer_id, "customer_id", {"Customer ID", "顾客编号"}, Shape::text, optional, "customerid customer buyerid userid memberid 顾客编号 客户编号 会员编号 买家id 用户id"},
    {F::customer_name, "customer_name", {"Receiver", "收件人"}, Shape::text, optional, "customername shippingname buyername receiver 收件人 收货人 买家姓名 姓名"},
    {F::email, "email", {"E-mail", "邮箱"}, Shape::text, optional, "emailaddress customeremail 邮箱 电子邮箱"},
    {F::phone, "phone", {"Phone", "电话"}, Shape::text, optional, "shippingphone mobile telephone 电话 手机 手机号 联系电话"},
    {F::address, "address", {"Address", "地址"}, Shape::text, optional, "shippingstreet shippingaddress shippingaddress1 street 地址 收货地址 详细地址"},
    {F::city, "city", {"City", "城市"}, Shape::text, optional, "shippingcity 城市"},
    {F::region, "region", {"Region", "省/州"}, Shape::text, optional, "shippingprovince state province 省 省份 州"},
    {F::postcode, "postcode", {"Postcode", "邮编"}, Shape::text, optional, "shippingzip zip zipcode postalcode 邮编"},
    {F::country, "country", {"Country", "国家"}, Shape::text, optional, "shippingcountry countrycode 国家"},
    {F::currency, "currency", {"Currency", "货币"}, Shape::text, optional, "currencycode 货币 币种"},
    {F::status, "status", {"State", "状态"}, Shape::text, optional, "orderstatus 状态 订单状态"},
    {F::payment_status, "payment_status", {"State of payment", "付款状态"}, Shape::text, optional, "financialstatus paymentstatus 付款状态"},
    {F::fulfilment, "fulfilment", {"State of delivery", "发货状态"}, Shape::text, optional, "fulfillmentstatus fulfilmentstatus 发货状态"},
    {F::cancelled_at, "cancelled_at", {"Cancelled at", "取消时间"}, Shape::time, optional, "cancelledat canceledat 取消时间"},
    {F::shipped_at, "shipped_at", {"Shipped at", "发货时间"}, Shape::time, optional, "shippedat fulfilledat shipdate orderdeliveredcarrierdate 发货时间"},
    {F::delivered_at, "delivered_at", {"Delivered at", "送达时间"}, Shape::time, optional, "deliveredat deliverydate orderdeliveredcustomerdate 送达时间 签收时间"},
    {F::promised_at, "promised_at", {"Promised for", "承诺送达"}, Shape::time, optional, "promisedat estimateddelivery orderestimateddeliverydate 承诺送达"},
    {F::discount, "discount", {"Off the order", "订单优惠"}, Shape::amount, optional, "discountamount orderdiscount totaldiscount 优惠 订单优惠 优惠金额"},
    {F::shipping, "shipping", {"Shipping", "运费"}, Shape::amount, optional, "shippingcost shippingfee freight 运费 邮费"},
    {F::total, "total", {"Total paid", "实付总额"}, Shape::amount, optional, "ordertotal grandtotal totalamount 总额 实付 实付金额 订单总额"},
    {F::channel, "channel", {"Channel", "渠道"}, Shape::text, optional, "source saleschannel 渠道 来源"},
};

constexpr TargetField customer_fields[] = {
    {F::customer_id, "customer_id", {"Customer ID", "顾客编号"}, Shape::text, required, "customerid id userid memberid buyerid customercode 顾客编号 客户编号 会员编号 用户id"},
    {F::person_id, "person_id", {"Person behind several customer IDs", "同一自然人的编号"}, Shape::text, optional, "customeruniqueid personid"},
    {F::customer_name, "customer_name", {"Name", "姓名"}, Shape::text, optional, "name customername fullname 姓名 客户姓名 昵称"},
    {F::first_name, "first_name", {"First name", "名"}, Shape::text, optional, "firstname givenname 名"},
    {F::last_name, "last_name", {"Last name", "姓"}, Shape::text, optional, "lastname surname familyname 姓"},
    {F::email, "email", {"E-mail", "邮箱"}, Shape::text, optional, "emailaddress mail 邮箱 电子邮箱"},
    {F::phone, "phone", {"Phone", "电话"}, Shape::text, optional, "mobile telephone phonenumber 电话 手机 手机号"},
    {F::country, "country", {"Country", "国家"}, Shape::text, optional, "countrycode defaultaddresscountrycode 国家"},
    {F::region, "region", {"Region", "省/州"}, Shape::text, optional, "state province customerstate 省 省份"},
    {F::city, "city", {"City", "城市"}, Shape::text, optional, "customercity defaultaddresscity 城市"},
    {F::language, "language", {"Language", "语言"}, Shape::text, optional, "locale 语言"},
    {F::created_at, "created_at", {"Customer since", "注册时间"}, Shape::time, optional, "createdat registeredat signupdate joined 注册时间 创建时间"},
    {F::accepts_email, "accepts_email", {"Agrees to e-mail marketing", "同意邮件营销"}, Shape::flag, optional, "acceptsemailmarketing acceptsmarketing newsletter 同意邮件营销"},
};

constexpr TargetField review_fields[] = {
    {F::rating, "rating", {"Stars", "星级"}, Shape::whole, required, "stars score reviewscore star overall 星级 评分 打分"},
    {F::product_id, "product_id", {"Product ID", "商品编号"}, Shape::text, optional, "productid itemid asin handle 商品编号 商品id"},
    {F::order_id, "order_id", {"Order number, when the product is not named", "订单号（未给出商品时）"}, Shape::text, optional, "orderid 订单号"},
    {F::review_id, "review_id", {"Review ID", "评价编号"}, Shape::text, optional, "reviewid 评价编号 评论编号"},
    {F::customer_id, "customer_id", {"Customer ID", "顾客编号"}, Shape::text, optional, "customerid userid reviewerid 顾客编号 用户id"},
    {F::title, "title", {"Title", "标题"}, Shape::text, optional, "reviewtitle summary headline 标题"},
    {F::body, "body", {"Text", "正文"}, Shape::text, optional, "review reviewtext text comment content reviewbody 评论 评价 评论内容 评价内容 正文"},
    {F::language, "language", {"Language", "语言"}, Shape::text, optional, "locale lang 语言"},
    {F::author, "author", {"Author", "署名"}, Shape::text, optional, "reviewer reviewername nickname 作者 署名 昵称"},
    {F::created_at, "created_at", {"Written at", "评价时间"}, Shape::time, optional, "createdat date reviewdate time reviewcreationdate 时间 日期 评价时间"},
};

constexpr TargetField item_fields[] = {
    {F::order_id, "order_id", {"Order number", "订单号"}, Shape::text, required, "orderid 订单号"},
    {F::item_number, "item_number", {"Number of the item in its order", "订单内序号"}, Shape::whole, required, "orderitemid itemnumber 序号"},
    {F::product_id, "product_id", {"Product ID", "商品编号"}, Shape::text, required, "productid 商品编号"},
    {F::unit_price, "unit_price", {"Price of one", "单价"}, Shape::amount, required, "price unitprice 单价"},
    {F::shipping, "shipping", {"Shipping", "运费"}, Shape::amount, optional, "freightvalue freight 运费"},
    {F::quantity, "quantity", {"Quantity", "数量"}, Shape::whole, optional, "qty 数量"},
};

constexpr TargetField payment_fields[] = {
    {F::order_id, "order_id", {"Order number", "订单号"}, Shape::text, required, "orderid 订单号"},
    {F::item_number, "item_number", {"Number of the payment in its order", "订单内付款序号"}, Shape::whole, required, "paymentsequential 序号"},
    {F::payment, "payment", {"Way of payment", "付款方式"}, Shape::text, optional, "paymenttype method 付款方式"},
    {F::amount, "amount", {"Amount", "金额"}, Shape::amount, required, "paymentvalue value 金额"},
};

constexpr TargetField category_fields[] = {
    {F::category, "category", {"Category as products name it", "商品所用类目名"}, Shape::text, required, "productcategoryname"},
    {F::title, "title", {"Name in English", "英文名"}, Shape::text, required, "productcategorynameenglish english"},
};

}  // namespace

std::span<TargetField const> target_fields(Rows rows) {
    switch (rows) {
    case Rows::products: return product_fields;
    case Rows::orders: return order_fields;
    case Rows::customers: return customer_fields;
    case Rows::reviews: return review_fields;
    case Rows::order_items: return item_fields;
    case Rows::order_payments: return payment_fields;
    case Rows::category_names: return category_fields;
    }
    return {};
}

TargetField const* find_target(Rows rows, std::string_view name) {
    for (auto const& f : target_fields(rows))
        if (f.name == name) return &f;
    return nullptr;
}

TargetField const* find_target(Rows rows, F id) {
    for (auto const& f : target_fields(rows))
        if (f.id == id) return &f;
    return nullptr;
}

}  // namespace kindling::shop::imports
