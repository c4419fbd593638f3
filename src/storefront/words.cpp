#include "storefront/words.h"

namespace kindling::storefront {

std::string explain(Visit const& visit, std::string_view reason, std::string_view message) {
    static constexpr std::pair<std::string_view, Text> known[] = {
        {"required", {"Please fill this in.", "请填写此项。"}},
        {"malformed_email", {"This is not an e-mail address.", "邮箱格式不正确。"}},
        {"invalid_request", {"Please check the marked fields.", "请检查标出的内容。"}},
        {"sku_not_found", {"This is no longer sold.", "该商品已下架。"}},
        {"not_for_sale", {"Something in your basket is no longer sold; please remove it.", "购物车中有商品已下架，请先移除。"}},
        {"empty_order", {"Your basket is empty.", "购物车是空的。"}},
        {"basket_not_found", {"This basket was ordered already.", "该购物车已下单。"}},
        {"checkout_not_found", {"There is no such checkout; it may have been removed.", "没有找到该结账，可能已被移除。"}},
        {"terms_changed", {"The total has changed; please look at it again.", "总额已变化，请再次确认。"}},
        {"promotion_used_up", {"A promotion of this order has just been used up; please look at the total again.", "所用优惠刚刚被领完，请再次确认总额。"}},
        {"checkout_incomplete", {"Please check the marked fields.", "请检查标出的内容。"}},
        {"missing", {"Please fill this in.", "请填写此项。"}},
        {"malformed", {"This is not an e-mail address.", "邮箱格式不正确。"}},
        {"address_undeliverable", {"The shop does not send to this country.", "店铺不配送到该国家或地区。"}},
        {"way_not_available", {"This way of sending does not go to that country; please choose another.", "所选配送方式不送达该国家或地区，请另选。"}},
        {"rate_limited", {"Too many attempts in a short time; please wait a little.", "操作过于频繁，请稍候再试。"}},
        {"cross_site_request", {"This form did not come from our own pages; go back, reload and try again.", "请求来源异常，请返回刷新后重试。"}},
        {"order_not_found", {"There is no order with these details. Please check number and e-mail or code.", "没有找到符合的订单，请核对订单号与邮箱或查询码。"}},
        {"wrong_order_state", {"This order can no longer be cancelled.", "该订单当前状态无法取消。"}},
        {"payment_not_available", {"This way of paying is switched off; please choose another.", "该支付方式暂不可用，请选择其他方式。"}},
        {"picture_unknown", {"This file is no JPEG, PNG or WebP picture.", "该文件不是 JPEG、PNG 或 WebP 图片。"}},
        {"picture_damaged", {"This picture is damaged or not complete. Please choose another.", "图片已损坏或不完整，请换一张。"}},
        {"picture_too_large", {"This picture is too large. 1,024 pixels on the long side are enough.", "图片过大，长边 1024 像素就够了。"}},
        {"body_too_large", {"This picture is too large. 1,024 pixels on the long side are enough.", "图片过大，长边 1024 像素就够了。"}},
        {"pictures_busy", {"Many photos are being read; please try again in a moment.", "正在处理的照片较多，请稍后再试。"}},
        {"picture_gone", {"Your photo is no longer held here. Please choose it again.", "照片已不再保留，请重新选择。"}},
        {"pictures_not_indexed", {"This shop's pictures are still being looked at. Please search with words for now.", "店铺图片还在处理中，请先用文字搜索。"}},
        {"sound_unknown", {"This recording cannot be read here. Please write instead.", "无法读取这段录音，请改用文字。"}},
        {"sound_damaged", {"The recording is damaged or not complete. Please try again.", "录音已损坏或不完整，请再试一次。"}},
        {"sound_too_large", {"The recording is too long. Please say less at once.", "录音过长，请分段说。"}},
        {"sound_too_long", {"The recording is too long. Please say less at once.", "录音过长，请分段说。"}},
        {"nothing_heard", {"Nothing was heard. Please try again, nearer to the microphone.", "没有听清，请靠近麦克风再说一次。"}},
        {"speech_busy", {"Many people are speaking at this moment; please try again.", "使用语音的人较多，请稍后再试。"}},
        {"speech_not_set_up", {"This shop does not take speech. Please write instead.", "本店暂不支持语音，请改用文字。"}},
        {"no_photo", {"Please choose a photo.", "请选择一张照片。"}},
        {"not_multipart", {"Please choose a photo.", "请选择一张照片。"}},
        {"too_long", {"This is too long.", "内容过长。"}},
        {"not_signed_in", {"Please sign in first.", "请先登录。"}},
        {"too_short", {"The password needs at least 10 characters.", "密码至少需要 10 个字符。"}},
        {"password_is_login", {"The password must not be the e-mail or phone number itself.", "密码不能与邮箱或手机号相同。"}},
        {"malformed_login", {"This is neither an e-mail address nor a phone number.", "这既不是邮箱也不是手机号。"}},
        {"wrong_credentials", {"E-mail, phone number or password is wrong.", "邮箱、手机号或密码不正确。"}},
        {"wrong_reset_code", {"The code does not fit, was used already or is older than a day. Please ask the shop for a new one.", "重置码不正确、已使用或已超过一天，请联系店铺重新获取。"}},
        {"too_many_addresses", {"An account keeps at most 20 addresses; please remove one first.", "最多保存 20 个地址，请先删除一个。"}},
        {"address_not_found", {"This address was removed already.", "该地址已被删除。"}},
        {"orders_under_way", {"An order of yours has not left yet, and the shop needs your address for it. Cancel it or wait until it is sent.", "您有订单尚未发货，店铺仍需要您的地址。请先取消该订单，或等待发货后再注销。"}},
    };
    for (auto const& [name, text] : known)
        if (name == reason) return std::string(visit.say(text));
    // An endpoint of the shop that fails; which and why is for those who run it.
    if (reason.starts_with("model_") || reason.starts_with("offline_voice_")) return std::string(visit.say({"Speech does not work just now; please write instead.", "语音暂时不可用，请改用文字。"}));
    // These carry a number that the shopper needs.
    if (visit.locale == Locale::zh && (reason == "out_of_stock" || reason == "not_enough_stock")) return "库存不足：" + std::string(message);
    return std::string(message);
}

std::string explain(Visit const& visit, Error const& error) {
    bool const of_a_field = error.reason == "invalid_request" && !error.fields.empty();
    return of_a_field ? explain(visit, error.fields.front().reason, error.fields.front().message) : explain(visit, error.reason, error.message);
}

Error translated(Visit const& visit, Error error) {
    if (visit.locale != Locale::zh) return error;
    error.message = explain(visit, error);
    for (auto& field : error.fields) field.message = explain(visit, field.reason, field.message);
    return error;
}

std::string_view order_status_name(Visit const& visit, std::string_view status) {
    static constexpr std::pair<std::string_view, Text> known[] = {{"placed", {"Placed", "待付款"}}, {"paid", {"Paid", "已付款"}}, {"shipped", {"Shipped", "已发货"}}, {"delivered", {"Delivered", "已送达"}}, {"cancelled", {"Cancelled", "已取消"}}, {"returned", {"Returned", "已退货"}}, {"partly_returned", {"Partly returned", "部分已退货"}}};
    for (auto const& [name, text] : known)
        if (name == status) return visit.say(text);
    return status;
}

}  // namespace kindling::storefront
