#include "shop/simulator/vocabulary.h"

namespace kindling::shop::simulator {

std::span<ColourName const> colour_table() {
    static constexpr ColourName table[] = {
        {"cream", "奶油白", "Cream", 0xEFE4D0}, {"white", "白色", "White", 0xF2F1EE}, {"black", "黑色", "Black", 0x2B2C30}, {"grey", "雾灰", "Mist Grey", 0x9A9FA6}, {"silver", "银色", "Silver", 0xBFC5CC},
        {"navy", "藏青", "Navy", 0x2F4266}, {"sky", "雾蓝", "Sky Blue", 0x9DBBD6}, {"sage", "鼠尾草绿", "Sage", 0x9DB098}, {"forest", "墨绿", "Forest Green", 0x35584A}, {"rose", "豆沙粉", "Dusty Rose", 0xD3A09B},
        {"burgundy", "酒红", "Burgundy", 0x7A2E3A}, {"apricot", "杏色", "Apricot", 0xE9BE95}, {"khaki", "卡其", "Khaki", 0xB6A27E}, {"camel", "驼色", "Camel", 0xB98A5A}, {"brown", "棕色", "Brown", 0x6E4A35},
        {"oat", "燕麦色", "Oat", 0xDCCDB4}, {"lemon", "柠檬黄", "Lemon", 0xEBD16F}, {"brass", "黄铜色", "Brass", 0xC29A54}, {"oak", "橡木色", "Oak", 0xC99F6B}, {"walnut", "胡桃色", "Walnut", 0x7B5238},
        {"amber", "琥珀色", "Amber", 0xC27A33}, {"multi", "彩色", "Multicolour", 0xE07856}};
    return table;
}

std::vector<Department> const& departments() {
    static std::vector<Department> const all{words_dresses(), words_tops(), words_shoes(), words_bags(), words_audio(), words_kitchen(), words_lighting(), words_furniture(), words_cups(), words_skincare(), words_toys(), words_pets()};
    return all;
}

}  // namespace kindling::shop::simulator
