// gateway/agents/fields.h -- reading what an agent sent: each accessor takes what is there, or notes what is wrong and where.
//
// Agents' messages may hold fields that we do not know (the protocols allow it), so they are not read by the operations' strict codec;
// what is taken from them is checked for its type and length here, named by JSONPath (RFC 9535), and goes on as an operation's request.
#pragma once
#include "gateway/agents/agent.h"
#include <optional>
#include <string_view>

namespace kindling::gateway::agents {

class Fields {
public:
    explicit Fields(json::object const& object, std::string path = "$") : object_(&object), path_(std::move(path)), wrong_(std::make_shared<std::vector<std::pair<std::string, std::string>>>()) {}

    bool has(std::string_view name) const { return object_->contains(name); }
    // "" when absent or wrong.
    std::string text(std::string_view name, std::size_t longest = 1000) {
        auto const* v = object_->if_contains(name);
        if (!v || v->is_null()) return {};
        auto const* s = v->if_string();
        if (!s) return wrong(name, "must be a text"), std::string();
        if (s->size() > longest) return wrong(name, "is too long"), std::string();
        return std::string(*s);
    }
    std::string needed(std::string_view name, std::size_t longest = 1000) {
        if (!has(name)) wrong(name, "is required");
        auto out = text(name, longest);
        if (has(name) && out.empty() && ok()) wrong(name, "must not be empty");
        return out;
    }
    std::optional<std::int64_t> integer(std::string_view name, std::int64_t low, std::int64_t high) {
        auto const* v = object_->if_contains(name);
        if (!v || v->is_null()) return {};
        if (v->is_int64() && v->get_int64() >= low && v->get_int64() <= high) return v->get_int64();
        if (v->is_double() && v->get_double() == static_cast<double>(static_cast<std::int64_t>(v->get_double())) && v->get_double() >= static_cast<double>(low) && v->get_double() <= static_cast<double>(high)) return static_cast<std::int64_t>(v->get_double());
        wrong(name, "must be a whole number from " + std::to_string(low) + " to " + std::to_string(high));
        return {};
    }
    bool flag(std::string_view name) {
        auto const* v = object_->if_contains(name);
        if (!v || v->is_null()) return false;
        if (!v->is_bool()) return wrong(name, "must be true or false"), false;
        return v->get_bool();
    }
    // An empty one when absent or wrong; what is wrong in it is noted in the same list.
    Fields object(std::string_view name) {
        static json::object const none;
        auto const* v = object_->if_contains(name);
        auto const* o = v ? v->if_object() : nullptr;
        if (v && !v->is_null() && !o) wrong(name, "must be an object");
        return Fields(o ? *o : none, path_ + "." + std::string(name), wrong_);
    }
    std::vector<Fields> objects(std::string_view name, std::size_t most) {
        std::vector<Fields> out;
        auto const* list = array(name, most);
        for (std::size_t i = 0; list && i < list->size(); ++i) {
            auto const at = path_ + "." + std::string(name) + "[" + std::to_string(i) + "]";
            if (auto const* o = (*list)[i].if_object()) out.push_back(Fields(*o, at, wrong_));
            else wrong_->emplace_back(at, "must be an object");
        }
        return out;
    }
    std::vector<std::string> texts(std::string_view name, std::size_t most, std::size_t longest = 200) {
        std::vector<std::string> out;
        auto const* list = array(name, most);
        for (std::size_t i = 0; list && i < list->size(); ++i) {
            auto const* s = (*list)[i].if_string();
            if (s && s->size() <= longest) out.emplace_back(*s);
            else wrong_->emplace_back(path_ + "." + std::string(name) + "[" + std::to_string(i) + "]", "must be a text of at most " + std::to_string(longest) + " bytes");
        }
        return out;
    }
    void wrong(std::string_view name, std::string what) { wrong_->emplace_back(name.empty() ? path_ : path_ + "." + std::string(name), std::move(what)); }
    bool ok() const { return wrong_->empty(); }
    json::object const& raw() const { return *object_; }
    std::string const& path() const { return path_; }
    // All that was wrong, as the answer to it.
    Refusal refusal() const {
        std::string all = "The request has fields that cannot be read: ";
        for (std::size_t i = 0; i < wrong_->size() && i < 10; ++i) all += (i ? "; " : "") + (*wrong_)[i].first + " " + (*wrong_)[i].second;
        return {400, "invalid_request", all + ".", wrong_->empty() ? std::string() : wrong_->front().first};
    }

private:
    using Wrong = std::shared_ptr<std::vector<std::pair<std::string, std::string>>>;
    Fields(json::object const& object, std::string path, Wrong wrong) : object_(&object), path_(std::move(path)), wrong_(std::move(wrong)) {}
    json::array const* array(std::string_view name, std::size_t most) {
        auto const* v = object_->if_contains(name);
        if (!v || v->is_null()) return nullptr;
        auto const* list = v->if_array();
        if (!list) return wrong(name, "must be a list"), nullptr;
        if (list->size() > most) return wrong(name, "has more than " + std::to_string(most) + " entries"), nullptr;
        return list;
    }
    json::object const* object_;
    std::string path_;
    Wrong wrong_;
};

}  // namespace kindling::gateway::agents
