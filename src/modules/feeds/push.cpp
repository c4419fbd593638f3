// feeds.push: what changed, in requests of 100 products; each accepted request is noted at once, so that a push that breaks off goes on from there.
#include "core/json_codec.h"
#include "core/json_text.h"
#include "modules/feeds/product.h"
#include "modules/feeds/push.h"
#include "providers/http_client/client.h"
#include "shop/vault/vault.h"
#include <boost/json.hpp>
#include <fmt/format.h>
#include <map>

namespace kindling::feeds {

namespace {

namespace json = boost::json;
using shop::Row, shop::Value;

constexpr std::size_t products_a_request = 100;

struct Changed {
    std::string product_id, digest, text;  // digest "" for what is no longer sold
};

class Sender {
public:
    Sender(StoredTarget const& target, std::stop_token stop) : target_(target), stop_(std::move(stop)) {}

    // The answer's object; other answers fail with target_refused, their status in front.
    Result<json::value> send(std::string method, std::string const& path, std::string body) {
        ++requests;
        providers::HttpRequest request{.method = std::move(method), .url = target_.url + path, .fields = {{"Content-Type", "application/json"}, {"API-Version", "2026-04-17"}}, .body = std::move(body)};
        if (!target_.key.empty()) request.fields.emplace_back("Authorization", "Bearer " + target_.key);
        auto const answer = client_.send(request, {.stop = stop_});
        if (!answer) {
            if (answer.error().reason == "cancelled") return std::unexpected(answer.error());
            return fail(Errc::failed_precondition, "target_unreachable", fmt::format("The target cannot be reached: {} ({})", answer.error().message, answer.error().reason));
        }
        status = answer->status;
        if (status != 200 && status != 201) return fail(Errc::failed_precondition, "target_refused", fmt::format("The target answered {}: {}", status, answer->body.substr(0, 300)));
        auto parsed = parse_json(answer->body);
        if (!parsed || !parsed->is_object()) return fail(Errc::failed_precondition, "target_refused", fmt::format("The target answered {} with something that is not the Feed API's.", status));
        return std::move(*parsed);
    }

    std::int64_t requests = 0;
    int status = 0;

private:
    StoredTarget const& target_;
    std::stop_token stop_;
    providers::HttpClient client_{{.user_agent = "kindling-feeds"}};
};

// Of every product that is sold, and of every one that was sent and no longer is.
Result<std::vector<Changed>> changes(shop::Transaction& tx, StoredTarget const& target, bool everything, Pushed& out) {
    std::map<std::string, std::string, std::less<>> sent;
    Value const values[] = {tx.shop_id(), target.target_id};
    TRY(tx.run("SELECT product_id, digest FROM feed_products WHERE shop_id = ? AND target_id = ?", values, [&](Row const& row) -> Result<void> { sent.emplace(row.text(0), row.text(1)); return {}; }));
    auto const writer = TRY(Writer::read(tx, target.shop_url, locale_of(target.locale)));
    std::vector<Changed> changed;
    TRY(shop::each_product(tx, [&](std::span<shop::Product const> products) -> Result<void> {
        for (auto const& p : products) {
            if (p.status != shop::ProductStatus::active || p.variants.empty()) continue;
            ++out.products;
            auto text = to_text(write_json(writer.write(p)));
            auto digest = shop::token_hash(text);
            auto const i = sent.find(p.product_id);
            auto const same = i != sent.end() && i->second == digest;
            if (i != sent.end()) sent.erase(i);
            if (same && !everything) ++out.unchanged;
            else changed.push_back({p.product_id, std::move(digest), std::move(text)});
        }
        return {};
    }));
    std::vector<std::string> gone;
    for (auto const& [id, digest] : sent)
        if (!digest.empty()) gone.push_back(id);
    for (auto const& p : TRY(shop::load_products(tx, gone)))
        if (!p.variants.empty()) changed.push_back({p.product_id, "", to_text(write_json(writer.write(p, false)))});
    return changed;
}

}  // namespace

Result<Pushed> push(Context& context, Push const& in) {
    auto& services = context.services;
    StoredTarget target;
    Pushed out;
    std::vector<Changed> changed;
    {
        auto const tx = TRY(services.store->read(context.shop_id));
        target = TRY(target_of(services, *tx, in.target_id));
        changed = TRY(changes(*tx, target, in.everything, out));
    }
    out.feed_id = target.feed_id;
    Sender sender(target, context.progress.stop);
    if (context.dry()) {
        // Nothing is sent; but whether the target is there is asked, as a real push would find out.
        auto const there = sender.send("GET", target.feed_id.empty() ? "/feeds" : "/feeds/" + target.feed_id, "");
        if (!there && there.error().reason != "target_refused") return std::unexpected(there.error());
        for (auto const& c : changed) ++(c.digest.empty() ? out.discontinued : out.sent);
        return out;
    }
    auto const note = [&](std::string_view text) -> Result<void> {
        auto const tx = TRY(services.store->write(context.shop_id));
        TRY(tx->execute("UPDATE feed_targets SET note = ? WHERE shop_id = ? AND target_id = ?", text, tx->shop_id(), target.target_id));
        return tx->commit();
    };
    bool anew = false;
    auto const make_feed = [&]() -> Result<void> {
        json::object wish;
        if (!target.country.empty()) wish["target_country"] = target.country;
        auto const made = TRY(sender.send("POST", "/feeds", to_text(wish)));
        auto const* id = made.get_object().if_contains("id");
        if (!id || !id->is_string() || id->get_string().empty() || id->get_string().size() > 200) return fail(Errc::failed_precondition, "target_refused", "The target made a feed without an id.");
        target.feed_id = out.feed_id = id->get_string();
        auto const tx = TRY(services.store->write(context.shop_id));
        TRY(tx->execute("UPDATE feed_targets SET feed_id = ? WHERE shop_id = ? AND target_id = ?", target.feed_id, tx->shop_id(), target.target_id));
        TRY(tx->execute("DELETE FROM feed_products WHERE shop_id = ? AND target_id = ?", tx->shop_id(), target.target_id));
        return tx->commit();
    };
    auto const go = [&]() -> Result<void> {
        if (target.feed_id.empty()) TRY(make_feed());
        for (std::size_t at = 0; at < changed.size();) {
            if (context.progress.stopped()) return fail(Errc::failed_precondition, "cancelled", "The push was stopped; what was accepted stays, and the next push goes on from there.");
            context.progress(static_cast<double>(at), static_cast<double>(changed.size()), "sending products");
            auto const end = std::min(changed.size(), at + products_a_request);
            std::string body = "{\"products\":[";
            for (auto i = at; i < end; ++i) body += (i > at ? "," : "") + changed[i].text;
            auto const accepted = sender.send("PATCH", "/feeds/" + target.feed_id + "/products", body + "]}");
            if (!accepted && sender.status == 404 && !anew) {
                // It has forgotten the feed: a new one, with everything that is sold.
                anew = true;
                context.note("The target no longer knows the feed; making a new one.");
                TRY(make_feed());
                auto const tx = TRY(services.store->read(context.shop_id));
                out.sent = out.discontinued = out.unchanged = out.products = 0;
                changed = TRY(changes(*tx, target, true, out));
                at = 0;
                continue;
            }
            if (!accepted) return std::unexpected(accepted.error());
            if (auto const* yes = accepted->get_object().if_contains("accepted"); !yes || !yes->is_bool() || !yes->get_bool()) return fail(Errc::failed_precondition, "target_refused", "The target did not accept the products.");
            auto const tx = TRY(services.store->write(context.shop_id));
            for (auto i = at; i < end; ++i) {
                TRY(tx->execute("INSERT INTO feed_products (shop_id, target_id, product_id, digest) VALUES (?,?,?,?) ON CONFLICT (shop_id, target_id, product_id) DO UPDATE SET digest = excluded.digest", tx->shop_id(), target.target_id, changed[i].product_id, changed[i].digest));
                ++(changed[i].digest.empty() ? out.discontinued : out.sent);
            }
            TRY(tx->execute("UPDATE feed_targets SET pushed_at_ms = ? WHERE shop_id = ? AND target_id = ?", now_ms(), tx->shop_id(), target.target_id));
            TRY(tx->commit());
            at = end;
        }
        return {};
    };
    auto const gone = go();
    out.requests = sender.requests;
    if (!gone) {
        if (gone.error().reason != "cancelled") TRY(note(gone.error().message));
        return std::unexpected(gone.error());
    }
    TRY(note(""));
    return out;
}

}  // namespace kindling::feeds
