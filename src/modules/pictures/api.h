// modules/pictures/api.h -- goods found by a photo: the photo read and forgotten, the catalogue's pictures kept described, the likest found.
//
// One Module lives as long as the process. Of a shopper's photo only its look (engines/media/alike/look.h: 5.3 KB of numbers) is held, in memory alone, under a secret
// name, for two hours after its last use; the photo itself is neither written nor logged. Looks of the catalogue's pictures are kept in the store and made by the job
// `pictures.index`, which queue_due() queues when pictures were added or taken away. Thread-safe. The Services must outlive it.
#pragma once
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <semaphore>
#include <set>

#include "core/operation.h"
#include "engines/media/alike/look.h"
#include "engines/media/alike/ways.h"
#include "providers/http_client/client.h"
#include "shop/accounts/attempts.h"
#include "shop/context.h"

namespace kindling::pictures {

struct Upload {
    std::string data;
    static constexpr Field fields[] = {field("data", "A JPEG, PNG or WebP picture as base64 (RFC 4648), 8 MB at most before that; over HTTP a request holds 1 MB, so make it 1,024 pixels first.", "JPEG、PNG 或 WebP 图片的 base64（RFC 4648），编码前至多 8 MB；HTTP 请求上限 1 MB，请先缩到 1024 像素。").longest(11'200'000)};
};
BOOST_DESCRIBE_STRUCT(Upload, (), (data))

struct Uploaded {
    std::string picture_id;
    std::int64_t expires_at_ms = 0;
    bool by_model = false;
    static constexpr Field fields[] = {field("picture_id", "Secret name of what was described; for dialogue.search and dialogue.ask.", "图片描述的凭证，用于 dialogue.search 与 dialogue.ask。"), field("expires_at_ms", "Forgotten then, unless it is used before.", "到期遗忘时间，期间使用会顺延。"), field("by_model", "Whether the shop's picture model looked at it too; false: the own description alone, also where the model did not answer in time.", "店铺接入的图像模型是否也识别了此图；false 表示仅用自带描述，含模型未及时应答的情形。")};
};
BOOST_DESCRIBE_STRUCT(Uploaded, (), (picture_id, expires_at_ms, by_model))

struct Forget {
    std::string picture_id;
    static constexpr Field fields[] = {field("picture_id", "As pictures.upload answered.", "pictures.upload 返回的凭证。").longest(64)};
};
BOOST_DESCRIBE_STRUCT(Forget, (), (picture_id))

struct Forgotten {
    bool forgotten = false;
    static constexpr Field fields[] = {field("forgotten", "False when there was nothing of that name any more.", "已无此图片时为 false。")};
};
BOOST_DESCRIBE_STRUCT(Forgotten, (), (forgotten))

struct StorePicture {
    std::string data, file_id;
    static constexpr Field fields[] = {field("data", "A JPEG, PNG or WebP picture as base64.", "JPEG、PNG 或 WebP 图片的 base64。").defaulted().longest(11'200'000), field("file_id", "Or an uploaded file (POST /v1/files).", "或已上传文件（POST /v1/files）。").defaulted().longest(64)};
};
BOOST_DESCRIBE_STRUCT(StorePicture, (), (data, file_id))

struct StoredPicture {
    std::string asset, url, media_type;
    static constexpr Field fields[] = {field("asset", "Content address, for the pictures of catalog.save_products.", "内容地址，用于 catalog.save_products 的图片。"), field("url", "Where it is served.", "访问路径。"), field("media_type", "Told from its content.", "按内容识别的类型。")};
};
BOOST_DESCRIBE_STRUCT(StoredPicture, (), (asset, url, media_type))

struct Index {
    bool learn = false;
    static constexpr Field fields[] = {field("learn", "Learn anew what counts even when few pictures changed.", "即使变动不大也重新学习特征权重。").defaulted()};
};
BOOST_DESCRIBE_STRUCT(Index, (), (learn))

struct Fetch {
    bool again = false;
    std::int64_t most = 2000;
    static constexpr Field fields[] = {field("again", "Try those again too that failed three times.", "对已失败三次的也重试。").defaulted(), field("most", "Fetch at most so many; the rest with the next run.", "本次至多抓取的数量；其余下次再抓。").defaulted().range(1, 50'000)};
};
BOOST_DESCRIBE_STRUCT(Fetch, (), (again, most))

struct UnfetchedPicture {
    std::string url, problem;
    std::int64_t tries = 0;
    static constexpr Field fields[] = {
        field("url", "Address that a product names.", "商品所引用的地址。"),
        field("problem", "address_not_allowed (inside a private network), not_https, port_not_allowed, malformed_url, too_many_redirects, status_404 and alike, response_too_large (above 8 MB), deadline_exceeded, dns_failed, connect_failed, tls_failed, connection_broken, malformed_response, host_given_up (three others of its host failed), or why the file is no picture: picture_unknown, picture_too_large, picture_damaged.", "原因：address_not_allowed 为内网地址、not_https、port_not_allowed 端口不允许、malformed_url、too_many_redirects 跳转过多、status_404 等、response_too_large 超过 8 MB、deadline_exceeded 超时、dns_failed、connect_failed、tls_failed、connection_broken、malformed_response、host_given_up 同主机已三次失败，或文件不是图片：picture_unknown、picture_too_large、picture_damaged。"),
        field("tries", "How often it was tried.", "尝试次数。")};
};
BOOST_DESCRIBE_STRUCT(UnfetchedPicture, (), (url, problem, tries))

struct FetchReport {
    std::int64_t asked = 0, fetched = 0, failed = 0, left = 0, bytes = 0;
    std::vector<UnfetchedPicture> failures;
    static constexpr Field fields[] = {field("asked", "Addresses of this run.", "本次处理的地址数。"), field("fetched", "Of these, kept here now.", "其中已保存到本地的数量。"), field("failed", "Of these, not.", "其中失败的数量。"), field("left", "Waiting for the next run.", "留待下次的数量。"), field("bytes", "Size of what was fetched.", "抓取的字节数。"), field("failures", "Each that failed and why, at most 1,000.", "失败的地址与原因，最多 1000 条。")};
};
BOOST_DESCRIBE_STRUCT(FetchReport, (), (asked, fetched, failed, left, bytes, failures))

struct UnreadPicture {
    std::string asset, problem;
    static constexpr Field fields[] = {field("asset", "Which picture.", "图片。"), field("problem", "picture_unknown, picture_too_large, picture_damaged, drawing_unavailable (an SVG, and no librsvg here) or asset_not_found.", "原因：picture_unknown 类型不支持、picture_too_large 过大、picture_damaged 损坏、drawing_unavailable 缺少 librsvg 无法读取 SVG、asset_not_found 文件缺失。")};
};
BOOST_DESCRIBE_STRUCT(UnreadPicture, (), (asset, problem))

// A plugged picture model beside the own descriptors. precision@5: share of the five nearest of the same category, of pictures that were left out.
struct ModelState {
    std::string name;
    media::Way used = media::Way::own;
    std::int64_t described = 0, waiting = 0, judged = 0, kinds = 0;
    double precision_own = 0, precision_model = 0, precision_both = 0;
    std::optional<std::int64_t> judged_at_ms;
    std::string problem;
    static constexpr Field fields[] = {
        field("name", "Of picture_model_name.", "即 picture_model_name。"), field("used", "By what photos are compared: own, the descriptors that need no model; model, its vectors alone; both, their orders joined. The best on this shop's own pictures; own where they are equal.", "当前的比对方式：own 自带描述，model 仅用模型向量，both 两者排序合并；取本店图片上最好者，相同时用自带。"),
        field("described", "Pictures that it has described.", "模型已描述的图片数。"), field("waiting", "Pictures that it has not described yet.", "等待模型描述的图片数。"), field("judged", "Pictures that the ways were compared on; 0: not compared, and the model is not used.", "用于比较各方式的图片数；0 为尚未比较，不使用模型。"), field("kinds", "Categories among them.", "其中的类目数。"),
        field("precision_own", "precision@5 of the own descriptors, 0..1.", "自带描述的 precision@5，0 至 1。"), field("precision_model", "Of the model alone.", "仅用模型的 precision@5。"), field("precision_both", "Of both.", "两者合并的 precision@5。"), field("judged_at_ms", "When.", "比较时间。"),
        field("problem", "Why the model could not be asked when it was last tried; empty: it answered. Meanwhile the own descriptors answer.", "模型最近一次无法应答的原因；为空表示正常。期间由自带描述应答。")};
};
BOOST_DESCRIBE_STRUCT(ModelState, (), (name, used, described, waiting, judged, kinds, precision_own, precision_model, precision_both, judged_at_ms, problem))

struct IndexState {
    std::int64_t pictures = 0, described = 0, unread = 0, waiting = 0, elsewhere = 0;
    std::int64_t copied = 0;
    bool drawings = false;
    std::int64_t learned_from = 0, kinds = 0;
    std::optional<std::int64_t> learned_at_ms;
    std::vector<UnreadPicture> problems;
    std::vector<UnfetchedPicture> unfetched;
    std::optional<ModelState> model;
    static constexpr Field fields[] = {
        field("pictures", "Stored pictures of products that are not archived.", "未归档商品的本地图片数。"), field("described", "Of these, can be found.", "其中可被检索的数量。"), field("unread", "Of these, cannot be read.", "其中无法读取的数量。"), field("waiting", "Of these, not looked at yet.", "其中尚未处理的数量。"),
        field("elsewhere", "Pictures kept at other addresses that were not fetched.", "存放在外部地址、尚未抓取的图片数。"), field("copied", "Pictures kept at other addresses that were fetched; they count among `pictures`.", "存放在外部地址、已抓取的图片数，计入 pictures。"), field("drawings", "Whether SVG drawings can be read on this machine (librsvg).", "本机能否读取 SVG（librsvg）。"),
        field("learned_from", "Pictures that what counts was learned from; 0: too few, pictures are compared as they are.", "学习权重所用图片数；0 为过少，直接比较。"), field("kinds", "Categories among them.", "其中的类目数。"), field("learned_at_ms", "When.", "学习时间。"), field("problems", "The first 50 that cannot be read.", "前 50 张无法读取的图片。"), field("unfetched", "The first 50 addresses that could not be fetched.", "前 50 个抓取失败的地址。"),
        field("model", "The plugged picture model (settings picture_model_*); absent: none.", "接入的图像模型（设置 picture_model_*）；未接入则无此项。")};
};
BOOST_DESCRIBE_STRUCT(IndexState, (), (pictures, described, unread, waiting, elsewhere, copied, drawings, learned_from, kinds, learned_at_ms, problems, unfetched, model))

enum class Aspect { colour, shape, texture };
BOOST_DESCRIBE_ENUM(Aspect, colour, shape, texture)

// A product by its likest picture.
struct Alike {
    std::string product_id;
    double likeness = 0;              // -1..1
    std::vector<Aspect> in;           // nearer than 19 of 20 of this shop's pictures are
};

// How pictures at other addresses are reached: https, the usual port, the public internet. Nothing sets it otherwise but tests with a server of their own.
struct FetchRules {
    providers::HttpClientOptions client = {.reach = providers::Reach::public_internet};
    std::string port = "443";  // "": any
    providers::HttpOptions bounds = {.connect_timeout = std::chrono::seconds(10), .silence_timeout = std::chrono::seconds(10), .total_timeout = std::chrono::seconds(30), .max_body_bytes = 8 << 20};
};

class PictureModels;

class Module {
public:
    explicit Module(shop::Services&, FetchRules = {});
    ~Module();
    std::vector<Operation> operations();

    // The likest first, at most `most`; nothing below the least likeness. failed_precondition "picture_gone" (forgotten, or never here), "pictures_not_indexed" (none can be found yet).
    static constexpr double least_likeness = 0.35;
    // `within`: only products that it holds of, the nearest of them however far they are; empty: all, as far as they are alike.
    using Within = std::function<bool(std::string_view product_id)>;
    Result<std::vector<Alike>> alike(shop::Transaction&, std::string const& picture_id, Milliseconds now, Within const& within = {}, std::size_t most = 1000);
    bool forget(std::int64_t shop_id, std::string const& picture_id);

    // Queues the index of shops whose pictures changed since they were last asked about; all of them the first time. Gives how many. Called about once a minute.
    Result<std::int64_t> queue_due(Milliseconds now);

private:
    struct Live;
    Result<Uploaded> upload(Context&, Upload const&);
    Result<Forgotten> forget_picture(Context&, Forget const&);
    Result<StoredPicture> store(Context&, StorePicture const&);
    Result<IndexState> index(Context&, Index const&);
    Result<IndexState> status(Context&, Nothing const&);
    Result<FetchReport> fetch(Context&, Fetch const&);
    Result<std::shared_ptr<Live const>> live(shop::Transaction&);
    Result<void> ask_model(Context&, std::vector<std::string> const& assets, std::map<std::string, std::string> const& categories, bool learned);
    struct Seen {
        std::shared_ptr<media::Look const> look;
        std::vector<float> vector;      // of the plugged model; empty: none
        std::uint64_t model = 0;        // which one
    };
    std::optional<Seen> held(std::int64_t shop_id, std::string const& picture_id, Milliseconds now);

    shop::Services& services_;
    std::unique_ptr<PictureModels> models_;
    shop::Attempts to_model_;                 // photos, by who sent them
    FetchRules rules_;
    std::size_t listener_ = 0;
    std::counting_semaphore<2> decoding_{2};  // photos unpacked at once

    struct Photo {
        std::pair<std::int64_t, std::string> name;
        Seen seen;
        Milliseconds used_at = 0;
    };
    std::mutex photos_mutex_;
    std::list<Photo> photos_;  // latest use first
    std::map<std::pair<std::int64_t, std::string>, std::list<Photo>::iterator> by_name_;

    struct Shop {
        std::shared_ptr<Live const> live;
        bool stale = true, to_check = true;
    };
    std::mutex mutex_;
    std::map<std::int64_t, Shop> shops_;
};

// Decodes base64; invalid_argument "invalid_request" at `path`.
Result<std::string> bytes_of(std::string const& base64, std::string path);

}  // namespace kindling::pictures
