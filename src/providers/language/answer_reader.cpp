#include "providers/language/answer_reader.h"
#include "core/json_text.h"
#include "core/utf8.h"
#include <algorithm>
#include <boost/json.hpp>

namespace kindling::providers {

namespace {

constexpr std::string_view think_begin = "<think>", think_end = "</think>";

std::unexpected<Error> malformed(std::string why) { return fail(Errc::unavailable, "model_answer_malformed", std::move(why)); }

// A member of this kind, or null: servers send null, "" and nothing for what they do not have.
json::object const* object_in(json::object const& o, std::string_view name) { auto const v = o.if_contains(name); return v ? v->if_object() : nullptr; }
json::array const* array_in(json::object const& o, std::string_view name) { auto const v = o.if_contains(name); return v ? v->if_array() : nullptr; }
std::string_view text_in(json::object const& o, std::string_view name) {
    auto const v = o.if_contains(name);
    auto const s = v ? v->if_string() : nullptr;
    return s ? std::string_view(*s) : std::string_view();
}
std::int64_t whole_in(json::object const& o, std::string_view name, std::int64_t otherwise) {
    auto const v = o.if_contains(name);
    auto const n = v ? v->if_int64() : nullptr;
    return n ? *n : otherwise;
}

std::string message_of(json::value const& error) {
    std::string_view said;
    if (auto const s = error.if_string()) said = *s;
    else if (auto const o = error.if_object()) said = text_in(*o, "message");
    std::string out;
    for (unsigned char c : said.substr(0, 400)) out += c < 0x20 || c == 0x7F ? ' ' : static_cast<char>(c);
    return std::string(utf8_prefix(out, 300));
}

}  // namespace

std::string error_text(std::string_view body) {
    auto const parsed = parse_json(body);
    if (!parsed || !parsed->is_object()) return {};
    auto const error = parsed->get_object().if_contains("error");
    if (error) return message_of(*error);
    return message_of(*parsed);
}

AnswerReader::AnswerReader(std::function<Flow(std::string_view)> on_text, AnswerLimits limits)
    : on_text_(std::move(on_text)), limits_(limits), events_([this](ServerEvent const& e) {
          failure_ = event(e.data);
          return !failure_ || done_ || stopped_ ? Flow::stop : Flow::go_on;
      }, limits.text_bytes + limits.argument_bytes) {}

Flow AnswerReader::feed(std::string_view bytes) {
    if (!failure_ || done_ || stopped_) return Flow::stop;
    if (shape_ == Shape::unknown) {
        auto const first = bytes.find_first_not_of(" \t\r\n");
        if (first == bytes.npos) return Flow::go_on;
        shape_ = bytes[first] == '{' ? Shape::whole : Shape::events;
        bytes.remove_prefix(first);
    }
    if (shape_ == Shape::whole) {
        begun_ = true;
        if (whole_.size() + bytes.size() > 4 * (limits_.text_bytes + limits_.argument_bytes)) {
            failure_ = malformed("The model's answer is too long.");
            return Flow::stop;
        }
        whole_ += bytes;
        return Flow::go_on;
    }
    auto const flow = events_.feed(bytes);
    if (!flow) failure_ = malformed("An event of the model's answer is too long.");
    return !failure_ || *flow == Flow::stop ? Flow::stop : Flow::go_on;
}

Result<void> AnswerReader::event(std::string_view data) {
    if (data == "[DONE]") { done_ = true; return {}; }
    auto const parsed = parse_json(data);
    if (!parsed) return malformed("A chunk of the model's answer is not JSON: " + parsed.error().message);
    auto const chunk = parsed->if_object();
    if (!chunk) return malformed("A chunk of the model's answer is not an object.");
    if (auto const error = chunk->if_contains("error"); error && !error->is_null()) return fail(Errc::unavailable, "model_unavailable", "The model's server reports: " + message_of(*error));
    if (auto const name = text_in(*chunk, "model"); !name.empty() && answer_.model.empty()) answer_.model = utf8_prefix(name, 200);
    TRY(usage_of(*chunk));
    auto const choices = array_in(*chunk, "choices");
    if (!choices || choices->empty()) return {};  // usage, or a keep-alive of a proxy
    auto const first = choices->front().if_object();
    if (!first) return malformed("choices/0 of the model's answer is not an object.");
    auto const part = object_in(*first, shape_ == Shape::whole ? "message" : "delta");
    if (part) TRY(choice(*part));
    auto const reason = text_in(*first, "finish_reason");
    if (!reason.empty()) {
        finished_ = true;
        answer_.finish = reason == "length" ? ChatAnswer::Finish::length : reason == "tool_calls" || reason == "function_call" ? ChatAnswer::Finish::tools : reason == "content_filter" ? ChatAnswer::Finish::filtered : ChatAnswer::Finish::complete;
    }
    return {};
}

Result<void> AnswerReader::choice(json::object const& part) {
    if (auto const said = text_in(part, "content"); !said.empty()) {
        begun_ = true, ++pieces_;
        TRY(words(said));
    }
    if (!text_in(part, "reasoning_content").empty() || !text_in(part, "reasoning").empty()) begun_ = true, ++pieces_;
    if (auto const calls = array_in(part, "tool_calls"))
        for (auto const& c : *calls) {
            if (!c.is_object()) return malformed("A tool call of the model is not an object.");
            begun_ = true, ++pieces_;
            TRY(call(c.get_object()));
        }
    return {};
}

Result<void> AnswerReader::call(json::object const& delta) {
    auto& calls = answer_.tool_calls;
    auto const index = whole_in(delta, "index", -1);
    auto const id = text_in(delta, "id");
    std::size_t at = calls.size();
    if (index >= 0) at = static_cast<std::size_t>(std::ranges::find(call_indexes_, index) - call_indexes_.begin());
    else if (!calls.empty() && (id.empty() || id == calls.back().id) && shape_ == Shape::events) at = calls.size() - 1;
    if (at == calls.size()) {
        if (calls.size() >= limits_.tool_calls) return malformed("The model makes too many tool calls at once.");
        calls.emplace_back(), call_indexes_.push_back(index);
    }
    auto& c = calls[at];
    if (c.id.empty()) c.id = utf8_prefix(id, 200);
    if (auto const function = object_in(delta, "function")) {
        if (c.name.empty()) c.name = utf8_prefix(text_in(*function, "name"), 200);
        if (auto const v = function->if_contains("arguments"); v && !v->is_null()) {
            if (v->is_string()) c.arguments += std::string_view(v->get_string());
            else append_text(*v, c.arguments);  // some servers send the object itself
        }
        if (c.arguments.size() > limits_.argument_bytes) return malformed("The arguments of a tool call are too long.");
    }
    return {};
}

Result<void> AnswerReader::words(std::string_view said) {
    if (thinking_ == Thinking::no) return emit(said);
    held_ += said;
    if (held_.size() > limits_.text_bytes) return malformed("The model's answer is too long.");
    if (thinking_ == Thinking::perhaps) {
        auto const blank = held_.find_first_not_of(" \t\r\n");
        if (blank == held_.npos) return {};
        auto const rest = std::string_view(held_).substr(blank);
        if (rest.starts_with(think_begin)) thinking_ = Thinking::yes;
        else if (think_begin.starts_with(rest)) return {};
        else thinking_ = Thinking::no;
    }
    if (thinking_ == Thinking::yes) {
        auto const end = held_.find(think_end);
        if (end == held_.npos) return {};
        held_.erase(0, end + think_end.size());
        held_.erase(0, std::min(held_.find_first_not_of(" \t\r\n"), held_.size()));
        thinking_ = Thinking::no;
    }
    auto const text = std::move(held_);
    held_.clear();
    return emit(text);
}

Result<void> AnswerReader::emit(std::string_view text) {
    if (text.empty()) return {};
    if (answer_.text.size() + text.size() > limits_.text_bytes) return malformed("The model's answer is too long.");
    answer_.text += text;
    if (on_text_ && on_text_(text) == Flow::stop) stopped_ = true;
    return {};
}

Result<void> AnswerReader::usage_of(json::object const& chunk) {
    auto const usage = object_in(chunk, "usage");
    if (!usage) return {};
    auto const prompt = whole_in(*usage, "prompt_tokens", -1), answer = whole_in(*usage, "completion_tokens", 0);
    if (prompt < 0 || answer < 0 || prompt > 1'000'000'000 || answer > 1'000'000'000) return {};  // not a count: estimated instead
    answer_.usage.prompt_tokens = prompt, answer_.usage.answer_tokens = answer, counted_ = true;
    return {};
}

Result<ChatAnswer> AnswerReader::finish() {
    if (shape_ == Shape::whole && failure_) {
        failure_ = event(whole_);
        if (failure_ && !finished_ && answer_.text.empty() && answer_.tool_calls.empty()) failure_ = malformed("The model's answer holds no message.");
        finished_ = true;
    }
    if (!failure_) return std::unexpected(failure_.error());
    if (!done_ && !finished_ && !stopped_) return fail(Errc::unavailable, "model_answer_cut", shape_ == Shape::unknown ? "The model's server closed without an answer." : "The model's answer broke off.");
    if (thinking_ == Thinking::perhaps && !held_.empty()) TRY(emit(std::exchange(held_, {})));
    for (auto const& c : answer_.tool_calls)
        if (c.name.empty()) return malformed("A tool call of the model has no name.");
    if (stopped_) answer_.finish = ChatAnswer::Finish::stopped;
    else if (!answer_.tool_calls.empty()) answer_.finish = ChatAnswer::Finish::tools;
    if (!counted_) {
        answer_.usage.source = Usage::Source::estimated;
        std::size_t bytes = answer_.text.size();
        for (auto const& c : answer_.tool_calls) bytes += c.name.size() + c.arguments.size();
        answer_.usage.answer_tokens = static_cast<std::int64_t>(std::max((bytes + 2) / 3, pieces_));
    }
    return std::move(answer_);
}

}  // namespace kindling::providers
