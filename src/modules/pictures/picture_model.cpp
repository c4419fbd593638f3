#include "modules/pictures/picture_model.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <boost/json.hpp>
#include <fstream>
#include <sstream>

#include "core/json_text.h"
#include "core/stable_hash.h"
#include "core/time.h"
#include "shop/people/people.h"

namespace kindling::pictures {

namespace {

constexpr std::size_t batch = 32;
constexpr std::chrono::milliseconds batch_deadline{120'000};
constexpr std::int64_t longest_wait_ms = 10'000;

std::filesystem::path judgement_file(vector::EncodedPlace const& place) {
    auto path = place.file();
    return path += ".judged";
}

void read_judgement(vector::EncodedPlace const& place, PictureModel& model) {
    std::ifstream in(judgement_file(place), std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    auto const parsed = parse_json(text.str());
    auto const* o = parsed ? parsed->if_object() : nullptr;
    if (!o) return;   // none yet, or damaged: judged with the next index
    auto const number = [&](std::string_view name) { auto const* v = o->if_contains(name); return v && v->is_number() ? v->to_number<double>() : 0.0; };
    media::WaysCompared ways{.own = number("own"), .model = number("model"), .both = number("both"), .pictures = static_cast<std::int64_t>(number("pictures")), .kinds = static_cast<std::int64_t>(number("kinds")), .usual = number("usual")};
    ways.best = number("best") == 1 ? media::Way::model : number("best") == 2 ? media::Way::both : media::Way::own;
    model.judged = ways, model.judged_at = static_cast<Milliseconds>(number("at_ms"));
}

}  // namespace

std::uint64_t ModelSettings::fingerprint() const { return stable_hash_of_part(name, stable_hash_of_part(url, stable_hash_start)); }

vector::EncodedPlace PictureModels::place(std::int64_t shop_id, ModelSettings const& s) const { return {.folder = services_.folder.empty() ? std::filesystem::path() : services_.folder / "models", .name = fmt::format("pictures-{}", shop_id), .encoder = s.fingerprint(), .tell = [](std::string_view told) { spdlog::warn("{}", told); }}; }

Result<std::shared_ptr<PictureModel const>> PictureModels::current(shop::Transaction& tx) {
    ModelSettings settings{.url = TRY(shop::read_setting(tx, "picture_model_url")), .name = TRY(shop::read_setting(tx, "picture_model_name"))};
    if (settings.configured()) {
        settings.key = TRY(shop::read_secret_setting(services_, tx, "picture_model_key"));
        settings.budget_minor_per_day = TRY(shop::read_number_setting(tx, "picture_model_budget_minor_per_day"));
        settings.price_minor_per_million = TRY(shop::read_number_setting(tx, "picture_model_price_minor_per_million", settings.budget_minor_per_day > 0 ? providers::assumed_price_minor_per_million : 0));
        settings.wait = std::chrono::milliseconds(std::min(TRY(shop::read_number_setting(tx, "picture_model_wait_ms")), longest_wait_ms));
    }
    std::lock_guard const lock(mutex_);
    auto& kept = current_[tx.shop_id()];
    if (!settings.configured()) return kept.reset(), problems_.erase(tx.shop_id()), std::shared_ptr<PictureModel const>();
    if (kept && kept->settings == settings) return kept;
    auto& spending = spending_[tx.shop_id()];
    if (!spending) spending = std::make_shared<providers::KeptBudget>(services_.folder / "language" / fmt::format("spent-pictures-{}.json", tx.shop_id()));
    auto fresh = std::make_shared<PictureModel>();
    auto const at = place(tx.shop_id(), settings);
    if (kept && kept->settings.fingerprint() == settings.fingerprint()) fresh->vectors = kept->vectors, fresh->judged = kept->judged, fresh->judged_at = kept->judged_at;
    else fresh->vectors = TRY(vector::open_encoded(at)), read_judgement(at, *fresh);
    fresh->encoder = std::make_shared<providers::ServedEncoder>(std::shared_ptr<providers::Budget>(spending, &spending->budget), providers::ServedEncoder::Options{
        .embedding = {.endpoint = {.url = settings.url, .key = settings.key, .reach = providers::Reach::anywhere, .settings = "picture_model", .attempts = 2}, .model = settings.name},
        .budget_minor_per_day = settings.budget_minor_per_day, .price_minor_per_million = settings.price_minor_per_million, .today = [] { return day_of(now_ms()); }});
    fresh->settings = std::move(settings);
    problems_.erase(tx.shop_id());
    return kept = std::move(fresh);
}

void PictureModels::keep(std::int64_t shop_id, std::shared_ptr<PictureModel> model) {
    std::lock_guard const lock(mutex_);
    auto& kept = current_[shop_id];
    if (kept && kept->settings == model->settings) kept = std::move(model);
}

Result<vector::Filled> PictureModels::fill(std::int64_t shop_id, PictureModel const& model, std::span<std::string const> assets, ReadPicture const& read, Progress const& progress) {
    auto vectors = model.vectors;
    auto filled = vector::fill_encoded(place(shop_id, model.settings), vectors, assets, batch, [&](std::span<std::size_t const> some) -> Result<std::vector<std::vector<float>>> {
        std::vector<std::string> jpegs;
        std::vector<std::size_t> which;
        for (std::size_t i = 0; i < some.size(); ++i)
            if (auto jpeg = read(assets[some[i]])) jpegs.push_back(std::move(*jpeg)), which.push_back(i);
        std::vector<std::vector<float>> out(some.size());
        if (jpegs.empty()) return out;
        auto made = TRY(model.encoder->encode_pictures(jpegs, {.deadline = batch_deadline, .stop = progress.stop}));
        for (std::size_t i = 0; i < which.size(); ++i) out[which[i]] = std::move(made[i]);
        return out;
    }, progress, "pictures sent to the model");
    if (vectors != model.vectors) {
        auto fresh = std::make_shared<PictureModel>(model);
        fresh->vectors = vectors;
        keep(shop_id, std::move(fresh));
    }
    if (filled) note(shop_id, filled->problem);
    return filled;
}

Result<void> PictureModels::judge(std::int64_t shop_id, PictureModel const& model, std::span<media::Judged const> pictures, Milliseconds now) {
    auto const ways = media::compare_ways(pictures);
    auto fresh = std::make_shared<PictureModel>(model);
    fresh->judged = ways ? std::optional(*ways) : std::nullopt, fresh->judged_at = now;
    auto const file = judgement_file(place(shop_id, model.settings));
    std::error_code none;
    if (!ways) std::filesystem::remove(file, none);
    else {
        std::ofstream out(file, std::ios::binary | std::ios::trunc);
        out << to_text(json::object{{"best", static_cast<int>(ways->best)}, {"own", ways->own}, {"model", ways->model}, {"both", ways->both}, {"pictures", ways->pictures}, {"kinds", ways->kinds}, {"usual", ways->usual}, {"at_ms", now}}) << '\n';
        out.close();
        if (!out) return fail(Errc::unavailable, "disk_full", "What the picture model was judged by cannot be written to " + file.string() + ".");
    }
    keep(shop_id, std::move(fresh));
    return {};
}

std::optional<std::vector<float>> PictureModels::vector_of(std::int64_t shop_id, PictureModel const& model, std::string const& jpeg, std::stop_token stop) {
    if (!model.vectors || model.settings.wait.count() == 0) return {};
    auto made = model.encoder->encode_pictures(std::span(&jpeg, 1), {.deadline = model.settings.wait, .stop = std::move(stop)});
    note(shop_id, made ? std::nullopt : std::optional(made.error()));
    if (!made || made->front().size() != model.vectors->dimensions()) return {};
    return std::move(made->front());
}

std::string PictureModels::problem(std::int64_t shop_id) {
    std::lock_guard const lock(mutex_);
    auto const found = problems_.find(shop_id);
    return found == problems_.end() ? std::string() : found->second;
}

void PictureModels::note(std::int64_t shop_id, std::optional<Error> const& problem) {
    std::lock_guard const lock(mutex_);
    if (problem) problems_[shop_id] = problem->reason + ": " + problem->message;
    else problems_.erase(shop_id);
}

}  // namespace kindling::pictures
