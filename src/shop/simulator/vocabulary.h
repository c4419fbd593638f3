// shop/simulator/vocabulary.h -- how the words of one category are written down; the tables are in words_*.cpp.
//
// A family (sub-category) lists choices (material, style ...) whose every value brings a sentence in both languages, and
// measures (length, capacity ...) with their range. A value carries tags and the tags it cannot stand beside ("winter"
// next to "linen"), so that no product contradicts itself. Titles and sentences hold placeholders: {brand} {model} {point}
// and the key of any choice or measure; "{material^}" writes Capitals On Each Word.
#pragma once
#include "shop/simulator/picture.h"
#include <span>
#include <string_view>
#include <vector>

namespace kindling::shop::simulator {

struct Words {
    std::string_view zh, en;
};

struct Value {
    std::string_view zh, en;              // `en` is also its tag
    std::string_view zh_detail, en_detail;
    std::string_view tags = {}, excludes = {};  // blank-separated; multi-word tags are written with '_'
    double price = 1;
};

struct Choice {
    std::string_view key, zh, en;
    std::vector<Value> values;
};

struct Measure {
    std::string_view key, zh, en;         // key ends in the unit of the stored number
    std::string_view unit, zh_unit, en_unit;
    int low, high, step;                  // stored units
    int divisor;                          // shown = stored / divisor, at most one decimal
    std::string_view zh_detail, en_detail;  // must hold {key}
    std::string_view when = {};           // tag that selects this range among measures of one key
    double price_power = 0;               // price × (number / middle of range) ^ power
};

struct Point {
    std::string_view zh, en;
    std::string_view needs = {};          // a tag that must be there
};

struct Family {
    std::string_view key, zh, en;         // en: singular noun, lower case
    Shape shape;
    int price_low, price_high;            // CNY
    int weight_low, weight_high;          // g
    double share = 1;                     // of the shop's demand, unnormalised
    std::vector<Choice> choices;
    std::vector<Measure> measures;
    std::vector<Words> titles, intros, uses;
    std::vector<Point> points;
    std::string_view colours;             // keys of colour_table()
    std::vector<Words> sizes = {};
    std::vector<Words> synonyms = {};     // also what shoppers type
};

struct Remark {
    std::string_view zh, en;
    std::string_view only = {};           // keys of the families it fits, blank-separated; empty: all of the department
};

struct Aspect {                           // what reviews speak of
    std::string_view key;
    std::vector<Remark> good, bad;        // at least one of each that fits every family
};

struct Department {                       // a top category
    std::string_view key, zh, en;
    Words care;                           // last sentence of a description
    std::vector<Family> families;
    std::vector<Aspect> aspects;
    std::vector<Words> brands;            // value, middle, middle, premium
    double elasticity, return_share;      // typical
    double yearly_peak, yearly_swing;     // month of the high season (1..12.99) and its strength 0..1
    int repurchase_days = 0;              // 0: bought when wanted
};

struct ColourName {
    std::string_view key, zh, en;
    std::uint32_t rgb;
};

std::span<ColourName const> colour_table();
std::vector<Department> const& departments();

// One table for each department.
Department words_dresses(), words_tops(), words_shoes(), words_bags(), words_audio(), words_kitchen(), words_lighting(), words_furniture(), words_cups(),
    words_skincare(), words_toys(), words_pets();

}  // namespace kindling::shop::simulator
