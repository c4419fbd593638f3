// pictures.fetch: pictures that products name at other addresses, fetched and kept, so that an imported shop can be found by a photo.
//
// Whoever can write a product can write an address, so nothing is taken on trust (server-side request forgery, OWASP): only addresses that stand at a product of this
// shop; https, its own port, no user name; the name is looked up, every address of it inside a private network passed over, and the connection made to the very
// address that was looked at; at most three redirects, each held to the same; 8 MB, 30 s; what comes is told by its content and must unpack as JPEG, PNG or WebP within
// the bounds of engines/media/alike/picture.h (no SVG of others); its headers and names are not looked at. Products keep the address: the copy serves the photo search.
//
// Four at a time, eight kept with one commit, so that a run that was broken off goes on. After three failures to reach a host the rest of it waits for the next run;
// an address that failed three times is left alone until somebody says again.
#include <fmt/format.h>

#include <map>
#include <thread>

#include "engines/media/alike/picture.h"
#include "modules/pictures/api.h"
#include "shop/assets/assets.h"

namespace kindling::pictures {

using shop::Row, shop::Value;

namespace {

constexpr std::size_t at_once = 4, together = 8, most_told = 1000;
constexpr int most_redirects = 3, most_silences = 3;

struct Got {
    std::string bytes, problem;
    bool silent = false;  // nothing was heard of the host
};

// Where a redirect leads, "" where that cannot be said.
std::string led_to(providers::Url const& from, std::string_view location) {
    location = location.substr(0, location.find('#'));
    if (location.starts_with("//")) return fmt::format("{}:{}", from.scheme, location);
    if (location.starts_with('/')) return fmt::format("{}://{}{}", from.scheme, from.authority, location);
    return location.find("://") == location.npos ? std::string() : std::string(location);
}

Got get(providers::HttpClient const& client, FetchRules const& rules, std::string at, std::stop_token stop) {
    auto bounds = rules.bounds;
    bounds.stop = std::move(stop);
    for (int redirects = 0;; ++redirects) {
        auto const url = providers::parse_url(at);
        if (!url) return {.bytes = {}, .problem = "malformed_url"};
        if (url->scheme != "https") return {.bytes = {}, .problem = "not_https"};
        if (!rules.port.empty() && url->port != rules.port) return {.bytes = {}, .problem = "port_not_allowed"};
        auto answer = client.send({.url = at, .fields = {{"Accept", "image/webp, image/png, image/jpeg"}}}, bounds);
        if (!answer) {
            auto const& reason = answer.error().reason;
            return {.bytes = {}, .problem = reason, .silent = reason == "dns_failed" || reason == "connect_failed" || reason == "tls_failed" || reason == "deadline_exceeded"};
        }
        if (answer->status >= 300 && answer->status < 400 && answer->status != 304) {
            if (redirects == most_redirects) return {.bytes = {}, .problem = "too_many_redirects"};
            at = led_to(*url, answer->field("location"));
            continue;
        }
        if (answer->status != 200) return {.bytes = {}, .problem = fmt::format("status_{}", answer->status)};
        return {.bytes = std::move(answer->body)};
    }
}

std::string_view kind_of(std::string_view picture) { return picture.starts_with('\xFF') ? "image/jpeg" : picture.starts_with('R') ? "image/webp" : "image/png"; }

}  // namespace

Result<FetchReport> Module::fetch(Context& context, Fetch const& in) {
    FetchReport out;
    std::vector<std::pair<std::string, std::int64_t>> wanted;  // address, tries before
    {
        auto const tx = TRY(services_.store->read(context.shop_id));
        Value const values[] = {tx->shop_id(), in.again ? std::int64_t{1} : std::int64_t{0}};
        TRY(tx->run("SELECT m.asset, MAX(COALESCE(c.tries, 0)) FROM media m JOIN products p ON p.shop_id = m.shop_id AND p.product_id = m.product_id LEFT JOIN picture_copies c ON c.shop_id = m.shop_id AND c.url = m.asset "
                    "WHERE m.shop_id = ? AND m.kind = 'image' AND p.status <> 'archived' AND m.asset LIKE 'https:%' AND COALESCE(c.asset, '') = '' AND (? = 1 OR COALESCE(c.tries, 0) < 3) GROUP BY m.asset ORDER BY m.asset", values, [&](Row const& row) -> Result<void> {
            wanted.emplace_back(row.text(0), row.integer(1));
            return {};
        }));
    }
    if (auto const most = static_cast<std::size_t>(in.most); wanted.size() > most) out.left = static_cast<std::int64_t>(wanted.size() - most), wanted.resize(most);
    out.asked = static_cast<std::int64_t>(wanted.size());
    if (context.dry()) return out;  // nothing outside is touched
    if (!wanted.empty()) {
        auto const tx = TRY(services_.store->write(context.shop_id));
        // What no product names any more needs no copy.
        TRY(tx->execute("DELETE FROM picture_copies WHERE shop_id = ? AND url NOT IN (SELECT asset FROM media WHERE shop_id = ?)", tx->shop_id(), tx->shop_id()));
        TRY(tx->commit());
    }
    providers::HttpClient const client(rules_.client);
    std::map<std::string, int, std::less<>> silences;
    auto const host_of = [](std::string const& url) { auto const parsed = providers::parse_url(url); return parsed ? parsed->host : std::string(); };
    for (std::size_t from = 0; from < wanted.size(); from += together) {
        if (context.progress.stopped()) return fail(Errc::failed_precondition, "cancelled", "The work was stopped; what was fetched stays.");
        context.progress(static_cast<std::int64_t>(from), out.asked, "fetching pictures");
        auto const size = std::min(together, wanted.size() - from);
        std::vector<Got> got(size);
        std::vector<std::size_t> open;
        for (std::size_t i = 0; i < size; ++i) {
            if (silences[host_of(wanted[from + i].first)] >= most_silences) got[i].problem = "host_given_up";
            else open.push_back(i);
        }
        {
            std::vector<std::jthread> threads;
            for (std::size_t t = 0; t < std::min(at_once, open.size()); ++t)
                threads.emplace_back([&, t] {
                    for (std::size_t n = t; n < open.size(); n += at_once) got[open[n]] = get(client, rules_, wanted[from + open[n]].first, context.progress.stop);
                });
        }
        if (context.progress.stopped()) return fail(Errc::failed_precondition, "cancelled", "The work was stopped; what was fetched stays.");
        // One after another: an unpacked picture is large.
        for (auto& one : got)
            if (one.problem.empty())
                if (auto const picture = media::read_picture(one.bytes, 64); !picture) one.problem = picture.error().reason;
        auto const tx = TRY(services_.store->write(context.shop_id));
        for (std::size_t i = 0; i < size; ++i) {
            auto const& [url, tries] = wanted[from + i];
            std::string asset;
            if (got[i].problem.empty()) {
                asset = TRY(shop::store_asset(*tx, services_.folder, got[i].bytes, kind_of(got[i].bytes), context.now));
                ++out.fetched, out.bytes += static_cast<std::int64_t>(got[i].bytes.size());
            } else {
                ++out.failed;
                context.note(fmt::format("{}: {}", url, got[i].problem));
            }
            auto const tried = tries + (got[i].problem == "host_given_up" ? 0 : 1);
            if (got[i].silent) ++silences[host_of(url)];
            else if (got[i].problem != "host_given_up") silences[host_of(url)] = 0;
            TRY(tx->execute("DELETE FROM picture_copies WHERE shop_id = ? AND url = ?", tx->shop_id(), url));
            TRY(tx->execute("INSERT INTO picture_copies (shop_id, url, asset, problem, tries, tried_at_ms) VALUES (?,?,?,?,?,?)", tx->shop_id(), url, asset, got[i].problem, tried, context.now));
            if (!got[i].problem.empty() && out.failures.size() < most_told) out.failures.push_back({url, got[i].problem, tried});
        }
        tx->changed("picture_copies");  // the index is queued by it (queue_due)
        TRY(tx->commit());
    }
    return out;
}

}  // namespace kindling::pictures
