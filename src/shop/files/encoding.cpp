#include "shop/files/encoding.h"
#include "core/utf8.h"
#include "shop/files/utf8_sequence.h"
#include <algorithm>
#include <cstring>
#include <fmt/format.h>
#include <unicode/ucnv.h>

namespace kindling::shop::files {
namespace {

constexpr std::size_t block_bytes = std::size_t(256) << 10, decision_bytes = std::size_t(1) << 20;
constexpr std::string_view replacement = "\xEF\xBF\xBD";

}  // namespace

struct DecodedSource::Converter {
    UConverter* icu = nullptr;
    char16_t high_surrogate = 0;
    std::vector<UChar> units;
    bool flushed = false;
    ~Converter() {
        if (icu) ucnv_close(icu);
    }
};

DecodedSource::DecodedSource(std::unique_ptr<ByteSource> bytes, Encoding encoding) : bytes_(std::move(bytes)), encoding_(encoding), raw_(block_bytes) {}
DecodedSource::~DecodedSource() = default;

Result<bool> DecodedSource::refill() {
    if (begin_ > 0) {
        std::memmove(raw_.data(), raw_.data() + begin_, end_ - begin_);
        end_ -= begin_, begin_ = 0;
    }
    if (raw_.size() - end_ < 64) raw_.resize(raw_.size() * 2);
    auto const n = TRY(bytes_->read(std::span(raw_).subspan(end_)));
    end_ += n;
    ended_ = n == 0;
    return n > 0;
}

Result<void> DecodedSource::begin() {
    started_ = true;
    while (end_ - begin_ < 4096 && TRY(refill())) {}
    std::string_view const head(raw_.data(), end_);
    auto const is_utf16 = [](Encoding e) { return e == Encoding::utf16le || e == Encoding::utf16be; };
    if (encoding_ == Encoding::detect) {
        auto const guess = detect_encoding(head);
        if (head.starts_with("\xEF\xBB\xBF") || is_utf16(guess)) encoding_ = guess;
    }
    if (is_utf16(encoding_) && (head.starts_with("\xFF\xFE") || head.starts_with("\xFE\xFF"))) begin_ = 2;
    if (encoding_ == Encoding::utf8 && head.starts_with("\xEF\xBB\xBF")) begin_ = 3;
    return {};
}

Result<char> DecodedSource::first_character() {
    if (!started_) TRY(begin());
    std::string_view const blanks(" \t\r\n\0", 5);
    auto const at = std::string_view(raw_.data() + begin_, end_ - begin_).find_first_not_of(blanks);
    return at == std::string_view::npos ? '\0' : raw_[begin_ + at];
}

Result<void> DecodedSource::decide() {
    while (!ended_ && end_ - begin_ < decision_bytes) (void)TRY(refill());
    encoding_ = detect_encoding({raw_.data() + begin_, std::min(end_ - begin_, decision_bytes)});
    // In the middle of a file these would be a misreading of stray bytes.
    if (encoding_ == Encoding::utf16le || encoding_ == Encoding::utf16be) encoding_ = Encoding::windows1252;
    return {};
}

void DecodedSource::note_error(std::size_t at_in_output) {
    ++errors_;
    error_offsets_.push_back(produced_ + static_cast<std::int64_t>(at_in_output));
}

bool DecodedSource::had_error_before(std::int64_t output_offset) {
    auto const any = !error_offsets_.empty() && error_offsets_.front() < output_offset;
    while (!error_offsets_.empty() && error_offsets_.front() < output_offset) error_offsets_.pop_front();
    return any;
}

std::size_t DecodedSource::copy_utf8(std::span<char> into) {
    std::size_t out = 0;
    while (begin_ < end_ && out + 4 <= into.size()) {
        auto const valid = valid_utf8_prefix({raw_.data() + begin_, std::min(end_ - begin_, into.size() - out)});
        std::memcpy(into.data() + out, raw_.data() + begin_, valid);
        begin_ += valid, out += valid;
        if (begin_ == end_ || out + 4 > into.size()) break;
        auto const n = utf8_sequence(raw_.data() + begin_, end_ - begin_);
        if (n == sequence_cut && !ended_) break;
        if (n > 0 && raw_[begin_] != 0) continue;  // only the output span had cut it
        note_error(out);
        std::memcpy(into.data() + out, replacement.data(), 3);
        out += 3, ++begin_;
    }
    return out;
}

Result<std::size_t> DecodedSource::convert(std::span<char> into) {
    UErrorCode status = U_ZERO_ERROR;
    if (!converter_) {
        converter_ = std::make_unique<Converter>();
        converter_->icu = ucnv_open(std::string(name_of(encoding_)).c_str(), &status);
        if (U_FAILURE(status)) return fail(Errc::internal, "encoding_unavailable", fmt::format("This system's ICU cannot read {}. Save the file as UTF-8.", name_of(encoding_)));
    }
    auto& c = *converter_;
    c.units.resize(into.size() / 4);
    auto* unit = c.units.data();
    char const* from = raw_.data() + begin_;
    ucnv_toUnicode(c.icu, &unit, c.units.data() + c.units.size(), &from, raw_.data() + end_, nullptr, ended_ ? 1 : 0, &status);
    if (U_FAILURE(status) && status != U_BUFFER_OVERFLOW_ERROR)
        return fail(Errc::invalid_argument, "text_undecodable", fmt::format("The file is not valid {}: {}.", name_of(encoding_), u_errorName(status)));
    c.flushed = ended_ && status != U_BUFFER_OVERFLOW_ERROR;
    begin_ = static_cast<std::size_t>(from - raw_.data());

    std::string text;
    text.reserve(into.size());
    auto const put = [&](char32_t code_point) {
        if (code_point == 0 || code_point == 0xFFFD) note_error(text.size()), code_point = 0xFFFD;
        append_utf8(code_point, text);
    };
    for (auto const* u = c.units.data(); u != unit; ++u) {
        if (c.high_surrogate) {
            auto const high = std::exchange(c.high_surrogate, char16_t(0));
            if (*u >= 0xDC00 && *u <= 0xDFFF) {
                put(0x10000 + ((char32_t(high) - 0xD800) << 10) + (char32_t(*u) - 0xDC00));
                continue;
            }
            put(0xFFFD);
        }
        if (*u >= 0xD800 && *u <= 0xDBFF) c.high_surrogate = *u;
        else put(*u >= 0xDC00 && *u <= 0xDFFF ? 0xFFFD : char32_t(*u));
    }
    if (c.flushed && std::exchange(c.high_surrogate, char16_t(0))) put(0xFFFD);
    std::memcpy(into.data(), text.data(), text.size());  // a unit gives at most 3 bytes (and a held surrogate 3 more): fits into 4 a unit
    return text.size();
}

Result<std::size_t> DecodedSource::read(std::span<char> into) {
    if (!started_) TRY(begin());
    for (;;) {
        if (begin_ == end_ && !ended_) (void)TRY(refill());
        auto const utf8 = encoding_ == Encoding::detect || encoding_ == Encoding::utf8;
        if (begin_ == end_ && ended_ && (utf8 || !converter_ || converter_->flushed)) return 0;
        std::size_t n = 0;
        if (encoding_ == Encoding::detect) {
            n = plain_ascii_prefix({raw_.data() + begin_, std::min(end_ - begin_, into.size())});
            std::memcpy(into.data(), raw_.data() + begin_, n);
            begin_ += n;
            if (n == 0) {
                if (raw_[begin_] == 0) n = copy_utf8(into.first(4));  // a lone NUL decides nothing
                else TRY(decide());
            }
        } else if (encoding_ == Encoding::utf8) {
            n = copy_utf8(into);
            if (n == 0 && !ended_) (void)TRY(refill());  // a sequence is cut by the end of the block
        } else {
            n = TRY(convert(into));
        }
        produced_ += static_cast<std::int64_t>(n);
        if (n > 0) return n;
    }
}

}  // namespace kindling::shop::files
