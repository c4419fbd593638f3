// modules/dialogue/encoder_port.h -- the owner's text encoder (settings embedding_model_*) and what it made of the shop's texts.
//
// A text is kept under the hash of its words, so the same text is never sent twice, whichever product has it and however often its price changes. The vectors stand
// in <data folder>/models/encoded-<shop>-<encoder> (engines/vector/scan.h), one file for each address, name and prefixes: a vector of another model is silent nonsense.
// An encoder is a server's (embedding_model_url, _name) or a folder of files that is run here (embedding_model_folder; folder_encoder.h), which goes before.
// What the encoder costs stands in <data folder>/language/spent-embedding-<shop>.json.
#pragma once
#include "core/progress.h"
#include "engines/vector/encoded.h"
#include "modules/dialogue/folder_encoder.h"
#include "modules/dialogue/product_index.h"
#include "modules/dialogue/query_encoder.h"
#include "shop/services.h"

namespace kindling::dialogue {

struct EncoderSettings {
    std::string url, name, key, query_prefix, text_prefix;
    std::string folder;                  // in <data folder>/encoders
    std::uint64_t files = 0;             // of its files' sizes and times: another model in the same folder is another encoder
    std::int64_t budget_minor_per_day = 0, price_minor_per_million = 0;
    std::chrono::milliseconds wait{0};
    bool configured() const { return local() || (!url.empty() && !name.empty()); }
    bool local() const { return !folder.empty(); }
    std::string const& label() const { return local() ? folder : name; }
    std::uint64_t fingerprint() const;  // of whatever makes vectors comparable
    bool operator==(EncoderSettings const&) const = default;
};
Result<EncoderSettings> read_encoder_settings(shop::Services&, shop::Transaction&);

// A shop's encoder: how queries are sent, and the vectors of its texts.
struct TextEncoding {
    EncoderSettings settings;
    std::shared_ptr<providers::TextEncoder> encoder;
    std::shared_ptr<QueryEncoder> queries;      // null: only what `texts` holds is known of queries, as when an order is learned
    std::shared_ptr<vector::Scan> texts;        // by text_key; null before anything was encoded

    std::optional<std::vector<float>> query(std::string_view words) const;
    std::string query_text(std::string_view words) const;
    std::string product_text(ProductIndex const&, CatalogueView const&, std::size_t product) const;
};
std::string text_key(std::string_view text);  // 32 hex digits

class EncoderPort {
public:
    explicit EncoderPort(shop::Services& services) : services_(services) {}
    // Null when none is set. The same object while the settings stay, so that what it knows of its endpoint stays too. Any thread.
    Result<std::shared_ptr<TextEncoding const>> current(shop::Transaction&);

    // Sends what is not held yet, products before queries, and forgets texts that are in neither list. What was paid for is kept, whatever comes after.
    // An error only when the vectors cannot be kept: vectors_in_use, vectors_not_written.
    Result<vector::Filled> encode(std::int64_t shop_id, TextEncoding const&, std::span<std::string const> products, std::span<std::string const> queries, Progress const&);

private:
    vector::EncodedPlace place(std::int64_t shop_id, EncoderSettings const&) const;
    std::shared_ptr<providers::TextEncoder> served(std::int64_t shop_id, EncoderSettings const&);
    std::shared_ptr<providers::TextEncoder> local(EncoderSettings const&);
    struct Spending {
        explicit Spending(std::filesystem::path file) : store(std::move(file)) {}
        providers::SpentFile store;
        providers::Budget budget{store};
    };
    shop::Services& services_;
    std::mutex mutex_;
    std::map<std::int64_t, std::shared_ptr<TextEncoding>> current_;
    std::map<std::int64_t, std::shared_ptr<Spending>> spending_;
    std::map<std::pair<std::string, std::uint64_t>, std::weak_ptr<FolderEncoder>> local_;  // by folder and files: shops share one
};

}  // namespace kindling::dialogue
