// engines/encoder/folder.cpp -- the files of an encoder's folder and what their settings mean.
#include "core/json_text.h"
#include "engines/encoder/encoder.h"
#include <algorithm>
#include <fmt/format.h>
#include <fstream>

namespace kindling::encoder {

namespace {

namespace fs = std::filesystem;
constexpr std::uintmax_t largest_model = std::uintmax_t{2} << 30, largest_text = 64 << 20;

std::unexpected<Error> about(fs::path const& file, Error error) {
    error.message = fmt::format("{}: {}", file.string(), error.message);
    return std::unexpected(std::move(error));
}
std::unexpected<Error> bad(fs::path const& file, std::string_view what) { return about(file, {Errc::failed_precondition, "encoder_file_invalid", std::string(what)}); }

bool there(fs::path const& file) {
    std::error_code none;
    return fs::is_regular_file(file, none);
}

Result<std::string> content(fs::path const& file, std::uintmax_t most) {
    std::error_code failed;
    auto const size = fs::file_size(file, failed);
    if (failed || !there(file)) return about(file, {Errc::failed_precondition, "encoder_file_missing", "There is no such file."});
    if (size > most) return bad(file, fmt::format("It is larger than {} MB.", most >> 20));
    std::string out(size, '\0');
    std::ifstream in(file, std::ios::binary);
    if (!in.read(out.data(), static_cast<std::streamsize>(size))) return bad(file, "It cannot be read.");
    return out;
}

// An optional file of settings; empty where it is not there.
struct Settings {
    fs::path file;
    json::object values;

    static Result<Settings> read(fs::path const& file) {
        Settings out{file, {}};
        if (!there(file)) return out;
        auto parsed = parse_json(TRY(content(file, largest_text)));
        if (!parsed) return about(file, parsed.error());
        if (!parsed->is_object()) return bad(file, "It is no JSON object.");
        out.values = std::move(parsed->as_object());
        return out;
    }
    bool flag(std::string_view name, bool otherwise) const {
        auto const* v = values.if_contains(name);
        return v && v->is_bool() ? v->as_bool() : otherwise;
    }
    std::optional<std::size_t> count(std::string_view name) const {
        auto const* v = values.if_contains(name);
        // "no limit" is written as 1e30
        return v && v->is_int64() && v->as_int64() > 0 ? std::optional(static_cast<std::size_t>(v->as_int64())) : std::nullopt;
    }
    // A token is its text, or an object with the text in it.
    std::string token(std::string_view name, std::string otherwise) const {
        auto const* v = values.if_contains(name);
        if (v && v->is_object()) v = v->as_object().if_contains("content");
        return v && v->is_string() ? std::string(v->as_string()) : otherwise;
    }
};

Result<Pooling> read_pooling(fs::path const& file) {
    auto const settings = TRY(Settings::read(file));
    if (settings.values.empty()) return Pooling::mean;
    auto const named = settings.token("pooling_mode", "");
    std::vector<Pooling> out;
    if (settings.flag("pooling_mode_mean_tokens", false) || named == "mean") out.push_back(Pooling::mean);
    if (settings.flag("pooling_mode_cls_token", false) || named == "cls") out.push_back(Pooling::first);
    if (settings.flag("pooling_mode_max_tokens", false) || named == "max") out.push_back(Pooling::most);
    if (out.size() != 1) return bad(file, "It asks for a pooling that is not known here: mean, cls or max, one of them.");
    return out.front();
}

Result<void> check_modules(fs::path const& file) {
    if (!there(file)) return {};
    auto parsed = parse_json(TRY(content(file, largest_text)));
    if (!parsed) return about(file, parsed.error());
    if (!parsed->is_array()) return bad(file, "It is no JSON list.");
    for (auto const& module : parsed->as_array()) {
        auto const* type = module.is_object() ? module.as_object().if_contains("type") : nullptr;
        if (!type || !type->is_string()) continue;
        std::string_view const name = type->as_string();
        auto const last = name.substr(name.rfind('.') + 1);
        if (last != "Transformer" && last != "Pooling" && last != "Normalize") return bad(file, fmt::format("The layer {} comes after the graph and is not known here; export the model with it inside the graph.", name));
    }
    return {};
}

struct Vocabulary {
    std::string lines;
    WordPieceOptions options;
    fs::path file;
};

// tokenizer.json of the tokenizers library: the pieces by number, and how texts are normalised.
Result<Vocabulary> from_tokenizer_json(fs::path const& file) {
    auto const settings = TRY(Settings::read(file));
    Vocabulary out{.lines = {}, .options = {}, .file = file};
    auto const* model = settings.values.if_contains("model");
    auto const* pieces = model && model->is_object() ? model->as_object().if_contains("vocab") : nullptr;
    auto const* type = model && model->is_object() ? model->as_object().if_contains("type") : nullptr;
    if (!pieces || !pieces->is_object() || (type && type->is_string() && type->as_string() != "WordPiece")) return bad(file, "It holds no word pieces (model type WordPiece); encoders with other tokenizers cannot be read here.");
    std::vector<std::string_view> by_number(pieces->as_object().size());
    for (auto const& [piece, number] : pieces->as_object()) {
        if (!number.is_int64() || number.as_int64() < 0 || number.as_int64() >= static_cast<std::int64_t>(by_number.size())) return bad(file, "Its word pieces are not numbered from 0 without gaps.");
        by_number[static_cast<std::size_t>(number.as_int64())] = piece;
    }
    for (auto const piece : by_number) out.lines.append(piece) += '\n';
    if (auto const* n = settings.values.if_contains("normalizer"); n && n->is_object()) {
        Settings const normaliser{file, n->as_object()};
        out.options.lower_case = normaliser.flag("lowercase", true);
        out.options.strip_accents = normaliser.flag("strip_accents", out.options.lower_case);
        out.options.separate_han = normaliser.flag("handle_chinese_chars", true);
    }
    return out;
}

}  // namespace

Result<EncoderParts> read_parts(fs::path const& folder) {
    std::error_code none;
    if (!fs::is_directory(folder, none)) return about(folder, {Errc::failed_precondition, "encoder_file_missing", "There is no such folder."});
    auto const tokenizer = TRY(Settings::read(folder / "tokenizer_config.json"));
    auto const config = TRY(Settings::read(folder / "config.json")), sentence = TRY(Settings::read(folder / "sentence_bert_config.json"));
    auto const pooling = TRY(read_pooling(folder / "1_Pooling" / "config.json"));
    TRY(check_modules(folder / "modules.json"));

    auto const with_json = !there(folder / "vocab.txt") && there(folder / "tokenizer.json");
    auto vocabulary = with_json ? TRY(from_tokenizer_json(folder / "tokenizer.json")) : Vocabulary{.lines = TRY(content(folder / "vocab.txt", largest_text)), .options = {}, .file = folder / "vocab.txt"};
    auto& o = vocabulary.options;
    o.lower_case = tokenizer.flag("do_lower_case", o.lower_case);
    o.strip_accents = tokenizer.flag("strip_accents", with_json ? o.strip_accents : o.lower_case);
    o.separate_han = tokenizer.flag("tokenize_chinese_chars", o.separate_han);
    o.unknown = tokenizer.token("unk_token", o.unknown), o.first = tokenizer.token("cls_token", o.first), o.last = tokenizer.token("sep_token", o.last), o.padding = tokenizer.token("pad_token", o.padding);
    auto words = WordPiece::read(vocabulary.lines, o);
    if (!words) return about(vocabulary.file, words.error());

    auto longest = std::min(config.count("max_position_embeddings").value_or(512), std::size_t{2'048});
    for (auto const said : {tokenizer.count("model_max_length"), sentence.count("max_seq_length")}) longest = std::min(longest, said.value_or(longest));
    if (longest < 4) return bad(folder, "Its settings allow fewer than 4 word pieces a text.");

    auto const model = there(folder / "model.onnx") || !there(folder / "onnx" / "model.onnx") ? folder / "model.onnx" : folder / "onnx" / "model.onnx";
    auto graph = read_model(TRY(content(model, largest_model)), model.parent_path());
    if (!graph) return about(model, graph.error());
    return EncoderParts{.graph = std::move(*graph), .words = std::move(*words), .pooling = pooling, .longest = longest};
}

}  // namespace kindling::encoder
