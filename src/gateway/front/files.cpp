// Files in and out: uploads for imports and pictures, and stored assets by their content address.
#include "core/id.h"
#include "gateway/front/front.h"
#include "gateway/http/mapped_file.h"
#include "gateway/http/multipart.h"
#include "shop/assets/assets.h"
#include <boost/json.hpp>
#include <algorithm>
#include <filesystem>
#include <fmt/format.h>

namespace kindling::gateway {

namespace {

std::optional<Error> may_upload(Caller const& caller) {
    if (caller.may("files.write")) return {};
    return Error{Errc::permission_denied, caller.is_staff() ? "not_permitted" : "not_signed_in", "Uploading is for staff who may import."};
}

}  // namespace

std::optional<Error> Front::admit_upload(Request const& request) {
    auto const identity = identities_.of(request);
    return identity ? may_upload(identity->caller) : std::optional(identity.error());
}

Response Front::upload(Request const& request) {
    auto const run = [&]() -> Result<json::value> {
        auto const call = TRY(call_of(request));
        if (auto refused = may_upload(call.caller)) return std::unexpected(*refused);
        // A folder for each shop: an upload is opened by its id alone, and ids of one shop are nothing in another.
        auto const folder = executor_.services().folder / "uploads" / std::to_string(call.shop_id);
        std::error_code ignored;
        std::filesystem::create_directories(folder, ignored);
        auto const parts = TRY(parse_multipart(request, {.max_file_bytes = options_.most_upload_bytes, .temporary_directory = folder.string()}));
        json::array files;
        for (auto const& part : parts) {
            if (!part.file) continue;
            auto const id = new_id("fil");
            // Kept under a name of ours; what the client called it is only shown.
            std::error_code failed;
            std::filesystem::rename(part.file->path(), folder / id, failed);
            if (failed) return fail(Errc::unavailable, "disk_full", "The upload could not be kept: " + failed.message());
            files.push_back(json::object{{"file_id", id}, {"file_name", part.file_name}, {"bytes", part.bytes}});
        }
        if (files.empty()) return fail(Errc::invalid_argument, "no_file", "The upload has no file in it.", {{"/file", "required", "choose a file"}});
        auto answer = files[0].as_object();
        answer["files"] = files;
        return answer;
    };
    auto const answer = run();
    return answer ? Response::json(200, *answer) : error_response(answer.error(), request.request_id);
}

// A file that an operation of this shop's staff wrote, by the name that it answered. No other name leads anywhere.
Response Front::exported(Request const& request) {
    auto const call = call_of(request);
    if (!call) return error_response(call.error(), request.request_id);
    std::string const name(request.parameter("name"));
    // A narrowed key (a supplier's) fetches what it had written itself: its id stands in the name.
    bool const own = call->caller.is_staff() && name.find(fmt::format("-{}-exp_", call->caller.id)) != std::string::npos;
    if (!own && !call->caller.may("exports.write")) return error_response(Error{Errc::permission_denied, call->caller.is_staff() ? "not_permitted" : "not_signed_in", "Exported files are for staff who may export."}, request.request_id);
    // TABLE-SHOP-DAY-exp_ID.FORMAT or TABLE-SHOP-DAY-READER-exp_ID.FORMAT: another shop's files are not there.
    bool const plain = name.find("-exp_") != std::string::npos && name.find(fmt::format("-{}-", call->shop_id)) == name.find('-') && name.find("..") == std::string::npos && std::ranges::all_of(name, [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.'; });
    auto const file = plain ? map_file((executor_.services().folder / "exports" / name).string()) : Result<SharedBytes>(fail(Errc::not_found, "file_not_found", "There is no such export; exports are kept for a day."));
    if (!file) return error_response(Error{Errc::not_found, "file_not_found", "There is no such export; exports are kept for a day."}, request.request_id);
    if (name.starts_with("customers-") && !call->caller.may("customers.read")) return error_response(Error{Errc::permission_denied, "not_permitted", "This file holds customers."}, request.request_id);
    Response r;
    r.content_type = name.ends_with(".csv") ? "text/csv; charset=utf-8" : name.ends_with(".jsonl") ? "application/jsonl" : "application/vnd.apache.parquet";
    r.shared = *file;
    r.headers.emplace_back("Cache-Control", "private, no-store");
    r.headers.emplace_back("Content-Disposition", "attachment; filename=\"" + name + "\"");
    return r;
}

Response Front::asset(Request const& request) {
    auto const name = request.parameter("*");
    auto found = shop::read_asset(executor_.services().folder, name);
    if (!found) return error_response(found.error(), request.request_id);
    Response r;
    r.content_type = found->media_type;
    r.shared = {*found->bytes, found->bytes};
    r.etag = std::string(name.substr(0, 32));
    r.headers.emplace_back("Cache-Control", "public, max-age=31536000, immutable");
    return r;
}

}  // namespace kindling::gateway
