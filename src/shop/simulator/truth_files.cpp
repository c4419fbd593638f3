#include "shop/simulator/truth.h"
#include <fmt/format.h>

namespace kindling::shop::simulator {

std::vector<TruthFile> truth_files(World const& world, TimeLineTruth const& line) {
    auto const& secret = *world.secret;
    std::vector<TruthFile> files;
    auto const file = [&](char const* name, char const* header) -> std::string& { files.push_back({name, header}); return files.back().text; };
    {
        auto& t = file("products.csv", "product,quality,true_to_size,popularity,elasticity,trend_per_year,substitution_group,appeal\n");
        for (std::size_t i = 0; i < secret.products.size(); ++i) {
            auto const& p = secret.products[i];
            t += fmt::format("{},{:.4f},{:.4f},{:.5f},{:.4f},{:.4f},{},{:.4f}\n", world.products[i].key, p.quality, p.true_to_size, p.popularity, p.elasticity, p.trend_per_year, p.substitution_group, p.appeal);
        }
    }
    {
        auto& t = file("customers.csv", "customer,activity,price_tier,churned,disappointed");
        for (auto const& c : world.categories) if (c.parent < 0) t += "," + c.key;
        t += '\n';
        for (std::size_t i = 0; i < secret.customers.size(); ++i) {
            auto const& c = secret.customers[i];
            auto const left = line.left.empty() ? c.churned : line.left[i];  // no time line: what was meant to be
            t += fmt::format("{},{:.4f},{},{},{}", world.customers[i].key, c.activity, c.price_tier, left == 0 ? "" : format_date(left), line.disappointed.empty() ? 0 : static_cast<int>(line.disappointed[i]));
            for (auto share : c.preference) t += fmt::format(",{:.5f}", share);
            t += '\n';
        }
    }
    {
        auto& t = file("demand.csv", "sku,day,units,lost,substituted\n");
        for (auto const& d : line.demand) t += fmt::format("{},{},{},{},{}\n", world.variants[static_cast<std::size_t>(d.variant)].sku, format_date(d.day), d.units, d.lost, d.substituted);
    }
    {
        auto& t = file("channels.csv", "channel,decay,half_saturation_minor,shape,maximum_lift\n");
        for (int c = 0; c < channel_count; ++c) t += fmt::format("{},{:.5f},{:.1f},{:.4f},{:.5f}\n", channel_key(static_cast<Channel>(c)), secret.channels[c].decay, secret.channels[c].half_saturation_minor, secret.channels[c].shape, secret.channels[c].maximum_lift);
    }
    {
        auto& t = file("channel_lift.csv", "day,channel,lift\n");
        for (std::size_t i = 0; i < line.channel_lift.size(); ++i) t += fmt::format("{},{},{:.6f}\n", format_date(world.first_day + static_cast<Day>(i / channel_count)), channel_key(static_cast<Channel>(i % channel_count)), line.channel_lift[i]);
    }
    {
        auto& t = file("suppliers.csv", "supplier,lead_time_mean_days,lead_time_deviation_days,fill_rate\n");
        for (std::size_t i = 0; i < secret.suppliers.size(); ++i) t += fmt::format("{},{:.3f},{:.3f},{:.4f}\n", world.suppliers[i].key, secret.suppliers[i].lead_time_mean_days, secret.suppliers[i].lead_time_deviation_days, secret.suppliers[i].fill_rate);
    }
    {
        auto& t = file("unmet_needs.csv", "category,query_zh,query_en,requests_per_month,requests\n");
        for (std::size_t i = 0; i < secret.unmet_needs.size(); ++i) {
            auto const& n = secret.unmet_needs[i];
            t += fmt::format("{},\"{}\",\"{}\",{:.0f},{}\n", world.categories[static_cast<std::size_t>(n.category)].key, n.query.zh, n.query.en, n.requests_per_month, line.requests.empty() ? 0 : line.requests[i]);
        }
    }
    auto const& v = secret.visits;
    {
        auto& t = file("funnel.csv", "source,conversion,bounce,abandonment,arrival\n");
        for (int s = 0; s < source_count; ++s) t += fmt::format("{},{:.5f},{:.4f},{:.4f},{:.4f}\n", source_key(s), v.sources[s].conversion, v.sources[s].bounce, v.sources[s].abandonment, v.sources[s].arrival);
    }
    {
        auto& t = file("visits.csv", "day,source,visits,orders\n");
        for (auto const& d : line.visits) t += fmt::format("{},{},{},{}\n", format_date(d.day), source_key(d.source), d.visits, d.orders);
    }
    {
        auto& t = file("position_bias.csv", "position,examination\n");
        for (int rank = 1; rank <= shown_results; ++rank) t += fmt::format("{},{:.5f}\n", rank, v.examination[rank - 1]);
    }
    {
        auto& t = file("substitutions.csv", "wanted_sku,bought_sku,units\n");
        for (auto const& [pair, units] : line.substitutions) t += fmt::format("{},{},{}\n", world.variants[static_cast<std::size_t>(pair.first)].sku, world.variants[static_cast<std::size_t>(pair.second)].sku, units);
    }
    {
        auto& t = file("behaviour.csv", "name,value\n");
        t += fmt::format("mismatch,{:.4f}\nsubstitution,{:.4f}\nreturn_to_basket,{:.4f}\ndisappointed_leave,{:.4f}\nguide_lift,{:.4f}\n", v.mismatch, v.substitution, v.return_to_basket, v.disappointed_leave, v.guide_lift);
    }
    return files;
}

}  // namespace kindling::shop::simulator
