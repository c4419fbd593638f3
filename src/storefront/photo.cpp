// Search by a photo: the page with its form (GET), the photo itself (POST, 8 MB), and the JSON for the guide's panel. The results are a search page like any other.
//
// With scripts the photo is made smaller in the browser first (guide.js), which also leaves behind where and when it was taken. It is read, described and let go
// (pictures.upload); only its temporary file touches the disk, and goes with the request.
#include "core/base64.h"
#include "core/json_text.h"
#include "gateway/http/multipart.h"
#include "storefront/guide_turn.h"
#include "storefront/pages.h"
#include "storefront/words.h"
#include <boost/json.hpp>
#include <fstream>

namespace kindling::storefront {

namespace {

constexpr std::size_t most_bytes = 8u << 20;

}  // namespace

Result<Response> photo_page_with(Visit const& visit, std::optional<Error> const& problem) {
    Meta meta{.title = std::string(visit.say({"Search by photo", "以图搜图"})), .path = "/photo", .index = Meta::Index::no};
    if (problem) meta.status = gateway::status_of(*problem);
    Html main;
    main.add("<div class=\"wrap narrow slim\"><h1>{}</h1><p>{}</p>", meta.title, visit.say({"Show a picture of a thing, and see what this shop has that looks like it.", "上传一张照片，看看店里有哪些相似的商品。"}));
    if (problem) main.add("<p class=\"error\" role=\"alert\">{}</p>", explain(visit, problem->reason, problem->message));
    main.add("<form class=\"photoform\" action=\"{}\" method=\"post\" enctype=\"multipart/form-data\" data-photo-form><label for=\"photo\">{}</label><input id=\"photo\" name=\"photo\" type=\"file\" accept=\"image/jpeg,image/png,image/webp\" required><button class=\"button\">{}</button></form>", visit.link("/photo"),
             visit.say({"A JPEG, PNG or WebP picture, 8 MB at most", "JPEG、PNG 或 WebP 图片，至多 8 MB"}), visit.say({"Search", "搜索"}));
    main.add("<p class=\"small\">{}</p></div>", visit.say({"The photo is not kept: this shop, and a picture service if it uses one, describes it in numbers, and the shop forgets these two hours after their last use.", "照片不会被保存：由本店及其使用的图像服务（如有）提取数值描述，本店在最后一次使用两小时后即遗忘。"}));
    return page(visit, meta, main);
}

Result<Response> photo_page(Site&, Visit const& visit) { return photo_page_with(visit, {}); }

Result<Response> search_by_photo(Site& site, Visit const& visit) {
    auto const uploaded = [&]() -> Result<std::string> {
        auto const parts = TRY(gateway::parse_multipart(visit.request, {.max_parts = 4, .max_file_bytes = most_bytes}));
        for (auto const& part : parts) {
            if (!part.file || part.name != "photo") continue;
            std::ifstream in(part.file->path(), std::ios::binary);
            std::string const bytes{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
            if (bytes.empty()) break;
            return std::string(TRY(site.call(visit, "pictures.upload", {{"data", to_base64(bytes)}})).at("picture_id").as_string());
        }
        return fail(Errc::invalid_argument, "no_photo", "No photo was chosen.");
    }();
    if (!uploaded) {
        if (uploaded.error().code == Errc::internal) return std::unexpected(uploaded.error());
        return photo_page_with(visit, uploaded.error());
    }
    return see_other(visit, visit.link("/search?photo=" + *uploaded));
}

Result<json::object> photo_of_turn(Site& site, Visit const& visit, std::string data) {
    auto answer = site.call(visit, "pictures.upload", {{"data", std::move(data)}});
    if (!answer) return std::unexpected(Error{answer.error().code, answer.error().reason, explain(visit, answer.error().reason, answer.error().message), {}});
    return json::object{{"picture_id", answer->at("picture_id")}};
}

Result<Response> guide_photo(Site& site, Visit const& visit) {
    auto photo = TRY(read_json<Brought>(TRY(parse_json(visit.request.body))));
    auto own = visit;
    if (!photo.locale.empty()) own.locale = locale_of(photo.locale);
    auto made = photo_of_turn(site, own, std::move(photo.data));
    if (!made) return gateway::error_response(made.error(), visit.request.request_id);
    auto response = Response::json(200, json::value(std::move(*made)));
    for (auto const& header : visit.set_headers) response.headers.push_back(header);
    return response;
}

}  // namespace kindling::storefront
