// modules/pictures/picture_model.h -- the owner's picture model (settings picture_model_*): what it made of the catalogue's pictures, and whether it is used.
//
// A picture is sent as a JPEG of 448 pixels with nothing in it but pixels, once, and kept under its content address; the vectors stand in <data folder>/models/pictures-<shop>-<model>
// (engines/vector/encoded.h), beside them what the model was judged by (engines/media/alike/ways.h). What it costs stands in <data folder>/language/spent-pictures-<shop>.json.
// A model that fails is let be: the own descriptors answer, and the last problem is kept in memory to be told. Any thread.
#pragma once
#include <chrono>
#include <map>
#include <mutex>

#include "engines/media/alike/ways.h"
#include "engines/vector/encoded.h"
#include "providers/language/text_encoder.h"
#include "shop/services.h"

namespace kindling::pictures {

struct ModelSettings {
    std::string url, name, key;
    std::int64_t budget_minor_per_day = 0, price_minor_per_million = 0;
    std::chrono::milliseconds wait{0};   // for a shopper's photo
    bool configured() const { return !url.empty() && !name.empty(); }
    std::uint64_t fingerprint() const;
    bool operator==(ModelSettings const&) const = default;
};

struct PictureModel {
    ModelSettings settings;
    std::shared_ptr<providers::ServedEncoder> encoder;
    std::shared_ptr<vector::Scan> vectors;            // by asset; null before any picture was sent
    std::optional<media::WaysCompared> judged;        // none: never judged, and not used
    Milliseconds judged_at = 0;
    media::Way way() const { return judged && vectors ? judged->best : media::Way::own; }
};

inline constexpr int model_side = 448;                // pixels of what is sent, at most

class PictureModels {
public:
    explicit PictureModels(shop::Services& services) : services_(services) {}
    // Null when none is set up. The same object while the settings stay. Fails as Scan::open, and with a sealed key that cannot be opened.
    Result<std::shared_ptr<PictureModel const>> current(shop::Transaction&);

    // Reads a picture as the JPEG to be sent; an error: it is passed over.
    using ReadPicture = std::function<Result<std::string>(std::string const& asset)>;
    // Sends what is not held of `assets`, forgets what is gone. What was paid for is kept, whatever comes after.
    Result<vector::Filled> fill(std::int64_t shop_id, PictureModel const&, std::span<std::string const> assets, ReadPicture const&, Progress const&);
    Result<void> judge(std::int64_t shop_id, PictureModel const&, std::span<media::Judged const>, Milliseconds now);
    // A shopper's photo, while they wait; nothing when it did not come in time.
    std::optional<std::vector<float>> vector_of(std::int64_t shop_id, PictureModel const&, std::string const& jpeg, std::stop_token);

    // "model_timeout: …", of the last time it was asked; "" when it answered.
    std::string problem(std::int64_t shop_id);
    void note(std::int64_t shop_id, std::optional<Error> const&);

private:
    vector::EncodedPlace place(std::int64_t shop_id, ModelSettings const&) const;
    void keep(std::int64_t shop_id, std::shared_ptr<PictureModel>);   // where the settings are still the same

    shop::Services& services_;
    std::mutex mutex_;
    std::map<std::int64_t, std::shared_ptr<PictureModel>> current_;
    std::map<std::int64_t, std::shared_ptr<providers::KeptBudget>> spending_;
    std::map<std::int64_t, std::string> problems_;
};

}  // namespace kindling::pictures
