// modules/dialogue/encoder_port.cpp -- see encoder_port.h.
#include "modules/dialogue/encoder_port.h"
#include "core/stable_hash.h"
#include "core/utf8.h"
#include "modules/dialogue/lexicon.h"
#include "modules/dialogue/model_port.h"
#include "providers/language/redaction.h"
#include "shop/people/people.h"
#include <fmt/format.h>
#include <spdlog/spdlog.h>

namespace kindling::dialogue {

namespace {
constexpr std::size_t longest_text = 2'000, batch = 64;
constexpr std::chrono::milliseconds batch_deadline{60'000}, local_batch_deadline{600'000};  // a large model on a small machine is slow, and costs nobody else
}  // namespace

std::string text_key(std::string_view text) {
    // Two hashes of one text from two beginnings: texts that meet in one do not meet in the other.
    auto const one = stable_hash(text);
    return fmt::format("{:016x}{:016x}", one, stable_hash(text, one ^ 0x9E3779B97F4A7C15ull));
}

std::uint64_t EncoderSettings::fingerprint() const {
    auto h = stable_hash_start;
    for (auto const* part : {&url, &name, &query_prefix, &text_prefix}) h = stable_hash_of_part(*part, h);
    return local() ? stable_hash_of_part(std::to_string(files), stable_hash_of_part(folder, h)) : h;
}

Result<EncoderSettings> read_encoder_settings(shop::Services& services, shop::Transaction& tx) {
    EncoderSettings s{.folder = TRY(shop::read_setting(tx, "embedding_model_folder"))};
    if (s.local()) s.files = FolderEncoder::stamp(services.folder / "encoders" / s.folder);
    else s.url = TRY(shop::read_setting(tx, "embedding_model_url")), s.name = TRY(shop::read_setting(tx, "embedding_model_name"));
    if (!s.configured()) return s;
    if (!s.local()) s.key = TRY(shop::read_secret_setting(services, tx, "embedding_model_key"));
    s.query_prefix = TRY(shop::read_setting(tx, "embedding_model_query_prefix")), s.text_prefix = TRY(shop::read_setting(tx, "embedding_model_text_prefix"));
    s.budget_minor_per_day = number_or(TRY(shop::read_setting(tx, "embedding_model_budget_minor_per_day")), 0);
    s.price_minor_per_million = number_or(TRY(shop::read_setting(tx, "embedding_model_price_minor_per_million")), s.budget_minor_per_day > 0 ? assumed_price_minor_per_million : 0);
    s.wait = std::chrono::milliseconds(std::min<std::int64_t>(number_or(TRY(shop::read_setting(tx, "embedding_model_wait_ms")), 0), 1'000));
    return s;
}

// One spelling for all that mean the same, as the logs of searches have it. Personal data is hidden ahead of that: an address without its hyphens is still one.
std::string TextEncoding::query_text(std::string_view words) const {
    providers::Redactor redactor;
    return settings.query_prefix + to_utf8(surface_of(redactor.hide(utf8_prefix(words, 1'000))));
}

std::string TextEncoding::product_text(ProductIndex const& index, CatalogueView const& view, std::size_t product) const {
    std::string out;
    for (auto const& field : index.document(view, product).texts) out += (out.empty() ? "" : "\n") + field;
    return settings.text_prefix + std::string(utf8_prefix(out, longest_text));
}

std::optional<std::vector<float>> TextEncoding::query(std::string_view words) const {
    if (!texts) return {};
    auto const text = query_text(words);
    if (auto held = texts->vector_of(text_key(text))) return held;
    auto asked = queries ? queries->vector(text) : std::nullopt;
    return asked && asked->size() == texts->dimensions() ? asked : std::nullopt;
}

vector::EncodedPlace EncoderPort::place(std::int64_t shop_id, EncoderSettings const& s) const {
    return {.folder = services_.folder.empty() ? std::filesystem::path() : services_.folder / "models", .name = fmt::format("encoded-{}", shop_id), .encoder = s.fingerprint(), .tell = [](std::string_view told) { spdlog::warn("{}", told); }};
}

std::shared_ptr<providers::TextEncoder> EncoderPort::served(std::int64_t shop_id, EncoderSettings const& settings) {
    auto& spending = spending_[shop_id];
    if (!spending) spending = std::make_shared<Spending>(services_.folder / "language" / fmt::format("spent-embedding-{}.json", shop_id));
    return std::make_shared<providers::ServedEncoder>(std::shared_ptr<providers::Budget>(spending, &spending->budget), providers::ServedEncoder::Options{
        .embedding = {.endpoint = {.url = settings.url, .key = settings.key, .reach = providers::Reach::anywhere, .settings = "embedding_model", .attempts = 2}, .model = settings.name},
        .budget_minor_per_day = settings.budget_minor_per_day, .price_minor_per_million = settings.price_minor_per_million, .today = [] { return day_of(now_ms()); }});
}

std::shared_ptr<providers::TextEncoder> EncoderPort::local(EncoderSettings const& settings) {
    auto& known = local_[{settings.folder, settings.files}];
    auto out = known.lock();
    if (!out) known = out = std::make_shared<FolderEncoder>(services_.folder / "encoders" / settings.folder);
    std::erase_if(local_, [](auto const& entry) { return entry.second.expired(); });
    return out;
}

Result<std::shared_ptr<TextEncoding const>> EncoderPort::current(shop::Transaction& tx) {
    auto settings = TRY(read_encoder_settings(services_, tx));
    std::lock_guard const lock(mutex_);
    auto& kept = current_[tx.shop_id()];
    if (!settings.configured()) return kept.reset(), std::shared_ptr<TextEncoding const>();
    if (kept && kept->settings == settings) return kept;
    auto fresh = std::make_shared<TextEncoding>();
    fresh->texts = kept && kept->settings.fingerprint() == settings.fingerprint() ? kept->texts : TRY(vector::open_encoded(place(tx.shop_id(), settings)));
    fresh->encoder = settings.local() ? local(settings) : served(tx.shop_id(), settings);
    fresh->queries = std::make_shared<QueryEncoder>(fresh->encoder, QueryEncoder::Options{.wait = settings.wait});
    fresh->settings = std::move(settings);
    return kept = std::move(fresh);
}

Result<vector::Filled> EncoderPort::encode(std::int64_t shop_id, TextEncoding const& encoding, std::span<std::string const> products, std::span<std::string const> queries, Progress const& progress) {
    auto held = encoding.texts;
    std::vector<std::string> keys;
    std::vector<std::string const*> texts;
    for (auto const list : {products, queries})
        for (auto const& text : list) keys.push_back(text_key(text)), texts.push_back(&text);
    auto const out = TRY(vector::fill_encoded(place(shop_id, encoding.settings), held, keys, batch, [&](std::span<std::size_t const> some) {
        std::vector<std::string> part;
        for (auto const i : some) part.push_back(*texts[i]);
        return encoding.encoder->encode(part, {.deadline = encoding.settings.local() ? local_batch_deadline : batch_deadline, .stop = progress.stop});
    }, progress, "texts sent to the encoder"));
    std::lock_guard const lock(mutex_);
    auto& kept = current_[shop_id];
    if (kept && kept->settings == encoding.settings && kept->texts != held) {
        auto fresh = std::make_shared<TextEncoding>(*kept);
        fresh->texts = held;
        kept = std::move(fresh);
    }
    return out;
}

}  // namespace kindling::dialogue
