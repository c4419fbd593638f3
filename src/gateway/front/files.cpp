// Files in and out: uploads for imports and pictures, and stored assets by their content address.
#include "core/id.h"
#include "gateway/front/front.h"
#include "gateway/http/multipart.h"
#include "shop/assets/assets.h"
#include <boost/json.hpp>
#include <filesystem>

namespace kindling::gateway {

Response Front::upload(Request const& request) {
    auto const run = [&]() -> Result<json::value> {
        auto const call = TRY(call_of(request));
        if (!call.caller.may("files.write")) return fail(Errc::permission_denied, call.caller.is_staff() ? "not_permitted" : "not_signed_in", "Uploading is for staff who may import.");
        auto const folder = executor_.services().folder / "uploads";
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
