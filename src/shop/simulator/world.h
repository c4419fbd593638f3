// shop/simulator/world.h -- the nouns of a shop that never existed: 火种良品 / Kindling Goods, selling in CNY.
//
// Everything is a pure function of Options: no clock, file or global. The catalogue and the people are held here as plain
// structs that point at each other by index; the two years of trade are streamed by time_line.h. What a real shop could not
// know is in `World::secret` (see truth.h): it must be stored apart from the shop and be read only by proofs.
#pragma once
#include "core/time.h"
#include "shop/simulator/picture.h"
#include "core/text.h"
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace kindling::shop::simulator {

// Some visits of the last days do without the guide. Which, others say (the shop's own experiment); here it is only lived by.
struct WithoutGuide {
    Day from = 0;
    std::function<bool(std::int64_t session)> is;   // pure; true for about half of all numbers; empty: nobody does without
};

struct Options {
    std::uint64_t seed = 1;
    int products = 2000;    // >= 37 gives at least one of each family
    int customers = 20000;  // >= 1
    int months = 24;        // 1 .. 48
    Day last_day = day_from_civil(2026, 11, 22);  // the last day with trade; the months end here
    double scale = 1;       // multiplies demand, traffic and stock: 1 is about 120,000 orders in 24 months
    int log_days = 63;      // the event log covers the last ones, whole: raw visits are kept for weeks, orders for years
    WithoutGuide without_guide = {};   // days that the log covers
};

struct Bilingual {
    std::string zh, en;
};

struct Category {
    std::string key;     // "dresses", "tea-dress": URL safe
    Bilingual name;
    int parent = -1;     // index into World::categories, -1: a top category
};

struct Brand {
    Bilingual name;
    int tier = 2;        // 1 value, 2 middle, 3 premium
    Bilingual story;     // one sentence
};

struct Supplier {
    std::string key;     // "S07"
    Bilingual name;
    std::string city;    // index by name into cities(), Chinese
    double latitude = 0, longitude = 0;
    int lead_time_days = 0;              // promised; the true distribution is in the secret
    std::int64_t minimum_order_minor = 0;
};

enum class PlaceKind { warehouse, plant };
struct Place {
    std::string key;     // "WH-SH"
    Bilingual name;
    PlaceKind kind = PlaceKind::warehouse;
    double latitude = 0, longitude = 0;  // degrees, WGS 84
    int capacity_units = 0;              // warehouse: units on hand; plant: units a day
};

enum class AttributeKind { choice, number };
struct Attribute {
    std::string key;     // "material", "length_mm": a number's key ends in its unit
    Bilingual name;
    AttributeKind kind = AttributeKind::choice;
    Bilingual value;     // as a shopper reads it: "亚麻" / "linen", "112cm" / "112 cm"
    double number = 0;   // in `unit`; 0 for a choice
    std::string unit;    // "mm", "ml", "W"; empty for a choice
};

struct Variant {
    std::string sku;     // "KG-0042-NAV-M": unique
    std::string ean13;   // valid check digit, in-house prefix 20..29
    int product = 0;
    Bilingual colour, size;              // size is empty for goods of one size
    std::int64_t price_minor = 0, compare_at_minor = 0 /* 0: none */, cost_minor = 0;  // CNY fen
    int weight_g = 0;
    int picture = 0;     // index into Product::pictures
};

struct Product {
    std::string key;     // "kg-0042": stable, URL safe
    int category = 0;    // a sub-category
    int brand = 0, supplier = 0;
    Bilingual title, description;
    std::vector<Bilingual> selling_points;
    std::vector<Attribute> attributes;
    std::vector<Bilingual> synonyms;     // other words shoppers use for it
    std::vector<Picture> pictures;       // one for each colour
    int first_variant = 0, variant_count = 0;  // a run of World::variants
    Day launched = 0;                    // may lie before the first day
    Day ended = 0;                       // first day off sale; 0: still sold
};

struct City {
    Bilingual province, name;
    double latitude = 0, longitude = 0;
    double weight = 0;                   // share of customers, unnormalised
    std::string country;                 // ISO 3166-1 alpha-2
    std::string postcode;
    std::vector<Bilingual> districts;
};

struct Customer {
    std::string key;     // "c00042"
    std::string name;
    std::string email;   // at example.com, reserved by RFC 2606
    std::string phone;   // in a number range that no carrier uses
    Locale language = Locale::zh;
    int city = 0, district = 0;
    std::string address_line, postcode;
    Day joined = 0;      // may lie before the first day
    int birth_year = 0;
    enum class Consent { none, mail, all } consent = Consent::none;
};

enum class Channel { douyin, xiaohongshu, search_ads, wechat, google, email };
constexpr int channel_count = 6;
char const* channel_key(Channel);
// Where a visit came from: one of the channels, or by itself.
constexpr int source_count = channel_count + 1, direct_source = channel_count;
char const* source_key(int source);

struct Campaign {
    std::string key;     // "2026-618"
    Bilingual name;
    Day first_day = 0, last_day = 0;     // inclusive
    std::int64_t budget_minor = 0;
};

struct Promotion {       // a price cut of one product, for all its variants
    int product = 0;
    int campaign = -1;   // index, -1: on its own
    Day first_day = 0, last_day = 0;     // inclusive
    int percent_off = 0; // 5 .. 50
};

struct Secret;           // truth.h

struct World {
    Options options;
    Day first_day = 0;   // options.last_day less the months, plus one day
    Bilingual shop_name, slogan;
    std::vector<Category> categories;
    std::vector<Brand> brands;
    std::vector<Supplier> suppliers;
    std::vector<Place> places;
    std::vector<City> cities;
    std::vector<Product> products;
    std::vector<Variant> variants;
    std::vector<Customer> customers;
    std::vector<Campaign> campaigns;     // in order of first day
    std::vector<Promotion> promotions;   // in order of first day
    std::shared_ptr<Secret const> secret;  // shared only so that a World copies cheaply; immutable
};

// The whole standing shop: under a second. Deterministic for one compiler on every machine (compilers may order draws within an expression
// differently). Options outside their ranges are clamped.
World generate_catalogue(Options const&);

// EAN-13 with its check digit from the first twelve digits.
std::string ean13_from(std::string twelve_digits);

}  // namespace kindling::shop::simulator
