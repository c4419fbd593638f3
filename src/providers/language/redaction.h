// providers/language/redaction.h -- what a model has no need to know is not sent to it: e-mails, phone numbers, ids, long numbers.
//
// Each value becomes a placeholder, "[EMAIL_1]", the same one wherever the value stands, so that the model can still speak of it;
// the answer's placeholders are turned back before anybody reads them, also in a stream where one may arrive in pieces.
// Found by shape, by hand-written scanners in one pass: e-mails; phone numbers (mainland mobiles, numbers after '+', after a leading
// 0, and 3-3-4); this house's own ids ("ord_…"); runs of twelve digits or more and card-like groups. Not found: names, addresses, and order
// numbers of fewer digits. A product code that looks like a phone number is hidden too; it comes back in the answer.
#pragma once
#include "providers/language/language_model.h"
#include <map>

namespace kindling::providers {

// Of one request; not for two threads at once.
class Redactor {
public:
    // Texts that will be sent: a placeholder that one of them already spells is not used.
    void avoid(std::string_view text);
    std::string hide(std::string_view text);
    std::string restore(std::string_view text) const;
    bool empty() const { return values_.empty(); }

private:
    friend class StreamRestorer;
    std::string const& placeholder(std::string_view kind, std::string_view value);
    std::string spelled_;                                    // placeholders in the texts
    std::map<std::string, std::string, std::less<>> names_;  // value -> placeholder
    std::map<std::string, std::string, std::less<>> values_; // placeholder -> value
    std::map<std::string, int, std::less<>> last_;           // kind -> number
};

// Restores a text that comes in pieces; holds back what may be the beginning of a placeholder.
class StreamRestorer {
public:
    explicit StreamRestorer(Redactor const& redactor) : redactor_(redactor) {}
    std::string feed(std::string_view piece);
    std::string end();  // what was held back

private:
    Redactor const& redactor_;
    std::string held_;
};

// Hides in every message and in the arguments of earlier calls; restores in the words and in the arguments of new ones.
class RedactingModel final : public LanguageModel {
public:
    explicit RedactingModel(LanguageModel& inner) : inner_(inner) {}
    Result<ChatAnswer> chat(ChatRequest const&, ChatOptions const& = {}) override;

private:
    LanguageModel& inner_;
};

}  // namespace kindling::providers
