#include "shop/simulator/knowledge.h"

namespace kindling::shop::simulator {

ServiceKnowledge service_knowledge() {
    Bilingual const shipping{"配送", "Shipping"}, returns{"退换货", "Returns"}, invoice{"发票", "Invoices"}, warranty{"质保", "Warranty"}, payment{"支付", "Payment"}, account{"账户与隐私", "Account and privacy"}, advice{"选购", "Choosing"};
    return {{{"shipping-cost", shipping, {"运费怎么算？", "What does shipping cost?"}, {"国内满99元包邮，不满99元收8元运费；港澳台及海外统一收48元。", "Within China shipping is free from 99 yuan and costs 8 yuan below that; abroad it is 48 yuan."}},
             {"shipping-time", shipping, {"多久能到？", "How long does it take?"}, {"付款后34小时内发出，国内一般2到5天送达，海外7到14天。", "Orders leave within 34 hours; delivery takes 2 to 5 days within China and 7 to 14 days abroad."}},
             {"shipping-places", shipping, {"从哪里发货？", "Where do you ship from?"}, {"我们在上海嘉定、广州黄埔、成都双流和天津武清有仓库，系统会选离您最近且有货的仓。", "From warehouses in Shanghai, Guangzhou, Chengdu and Tianjin; the nearest one with stock ships."}},
             {"shipping-carrier", shipping, {"用什么快递？", "Which carriers do you use?"}, {"国内使用顺丰、中通、京东物流、圆通，海外使用DHL，暂不支持指定。", "SF Express, ZTO, JD Logistics or YTO within China and DHL abroad; a carrier cannot be chosen."}},
             {"shipping-track", shipping, {"怎么查物流？", "How do I track my order?"}, {"在“我的订单”里点开订单就能看到承运商和运单号，也可以把订单号发给客服。", "Open the order under My orders to see carrier and tracking number, or send us the order number."}},
             {"shipping-address", shipping, {"下单后能改地址吗？", "Can I change the address after ordering?"}, {"发货前可以改，联系客服提供订单号和新地址；发出后请联系承运商转寄。", "Before dispatch, yes: send us the order number and the new address. After that the carrier must redirect it."}},
             {"returns-window", returns, {"可以退货吗？", "Can I return things?"}, {"签收后7天内无理由退货，吊牌、包装完好、不影响二次销售即可。护肤品和宠物粮开封后不退。", "Within 7 days of delivery without a reason, with tags and packing intact. Opened skin care and pet food cannot be returned."}},
             {"returns-cost", returns, {"退货运费谁承担？", "Who pays for a return?"}, {"质量问题、发错货由我们承担；其他原因从退款中扣除10元取件费。", "We do when goods are faulty or wrong; otherwise 10 yuan for the pick-up are deducted from the refund."}},
             {"returns-refund", returns, {"退款多久到账？", "When do I get my money?"}, {"仓库签收当天原路退回，1到3个工作日到账。", "We refund on the day the warehouse receives the goods; it arrives within 1 to 3 working days."}},
             {"returns-exchange", returns, {"可以换尺码吗？", "Can I exchange the size?"}, {"可以，签收7天内申请换货，有库存的话当天补发，每单免费换一次。", "Yes, within 7 days; if it is in stock it leaves the same day, and one exchange per order is free."}},
             {"returns-damaged", returns, {"收到坏的怎么办？", "What if it arrives damaged?"}, {"48小时内拍照发给客服，补发或全额退款由您选，破损件不用寄回。", "Send us a photo within 48 hours and choose a replacement or a full refund; keep the broken piece."}},
             {"invoice-normal", invoice, {"能开发票吗？", "Can I get an invoice?"}, {"可以开电子普通发票，提供抬头和税号，24小时内发到邮箱。", "Yes, an electronic invoice: send company name and tax number, it arrives by mail within 24 hours."}},
             {"invoice-special", invoice, {"可以开专票吗？", "Do you issue special VAT invoices?"}, {"可以，另需开户行、账号、注册地址和电话，3个工作日内寄出。", "Yes, with bank, account, registered address and telephone; it is posted within 3 working days."}},
             {"invoice-late", invoice, {"过去的订单还能开吗？", "Can old orders be invoiced?"}, {"下单后一年内都可以补开。", "Any order of the last twelve months."}},
             {"warranty-electric", warranty, {"电器保修多久？", "How long is the warranty on appliances?"}, {"厨房小电和耳机音响整机质保一年，灯具光源质保三年，行李箱质保五年。", "One year on kitchen appliances and audio, three years on light sources, five years on suitcases."}},
             {"warranty-claim", warranty, {"怎么报修？", "How do I claim the warranty?"}, {"把订单号和故障视频发给客服，15天内坏的直接换新，之后寄回检修，来回运费我们出。", "Send the order number and a video of the fault. Within 15 days we replace it; later we repair it and pay both ways."}},
             {"warranty-human", warranty, {"哪些情况不保？", "What is not covered?"}, {"人为摔坏、进水（超出标称防水等级）、自行拆机不在质保范围。", "Drops, water beyond the stated rating and devices that were opened."}},
             {"payment-methods", payment, {"支持哪些付款方式？", "How can I pay?"}, {"国内支持支付宝、微信支付和云闪付；海外支持银行卡。", "Alipay, WeChat Pay and UnionPay in China; bank cards abroad."}},
             {"payment-price", payment, {"降价了能补差价吗？", "Do you match a later price cut?"}, {"签收后7天内同款降价，联系客服补差价；大促期间的限时秒杀除外。", "If the same item gets cheaper within 7 days of delivery we refund the difference, flash sales excepted."}},
             {"payment-cancel", payment, {"怎么取消订单？", "How do I cancel?"}, {"发货前在“我的订单”里取消，钱立刻原路退回；发货后可以拒收。", "Before dispatch under My orders, with an instant refund; after that refuse the parcel."}},
             {"account-privacy", account, {"我的信息安全吗？", "Is my data safe?"}, {"地址和电话加密保存，只用于配送；可以随时导出或删除。", "Address and telephone are stored encrypted and used for delivery only; export or delete them at any time."}},
             {"account-messages", account, {"怎么不收营销消息？", "How do I stop marketing messages?"}, {"在“我的—通知设置”里关闭，或回复TD退订，立即生效。", "Switch it off under My account, Notifications, or answer TD; it works at once."}},
             {"advice-size", advice, {"怎么选尺码？", "How do I choose a size?"}, {"衣服按身高体重：160以下S，160到166M，167到173L，174以上XL。鞋子：脚长毫米除以5再减10，例如240毫米选38码。", "Clothes by height: below 160 cm S, 160 to 166 M, 167 to 173 L, above XL. Shoes: foot length in mm divided by 5, less 10; 240 mm is EU 38."}},
             {"advice-genuine", advice, {"是正品吗？", "Are the goods genuine?"}, {"全部由品牌方或签约工厂直供，支持专柜或第三方检测，假一赔十。", "All come straight from the brand or our contracted maker; a fake is paid back tenfold."}}}};
}

}  // namespace kindling::shop::simulator
