#include "engines/text/index/index.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <mutex>
#include <numeric>
#include <unordered_map>

#include "engines/text/index/manifest.h"
#include "engines/text/index/view.h"

namespace kindling::text {

namespace {

// commit() merges neighbours up to this many documents itself: about 5 ms of work, so that an update is seen in 10 ms.
constexpr std::uint64_t small_merge = 384;

struct Stored {
    ViewSegment view;
    std::uint64_t file = 0;  // 0: only in memory
    bool merging = false;    // an input of the merge that is running
};

std::uint32_t live_of(const Segment& segment, const Bits& deleted) {
    std::uint32_t gone = 0;
    for (auto const word : deleted) gone += static_cast<std::uint32_t>(std::popcount(word));
    return segment.documents() - std::min(gone, segment.documents());
}

}  // namespace

struct Index::State {
    IndexOptions options;
    std::shared_ptr<const Setup> setup;          // shared with every view
    std::shared_ptr<const Synonyms> synonyms;
    std::string bookmark;
    std::uint64_t next_file = 1;
    std::vector<Document> pending;
    std::unordered_map<std::string, std::size_t> pending_place;  // id -> pending; no_place: erased
    static constexpr std::size_t no_place = ~std::size_t{0};

    mutable std::mutex mutex;       // guards segments and view, for moments only
    std::vector<Stored> segments;
    std::shared_ptr<const View> view;

    // Requires the mutex.
    void publish() {
        auto fresh = std::make_shared<View>();
        fresh->setup = setup;
        fresh->synonyms = synonyms;
        for (auto const& s : segments) fresh->segments.push_back(s.view);
        fresh->finish();
        view = std::move(fresh);
    }

    Result<std::shared_ptr<const Segment>> adopt(std::string bytes) const { return Segment::open(own(std::move(bytes)), setup->schema, Segment::Check::structure); }

    // Requires the mutex. Marks the live document with this id as deleted, wherever it is.
    void bury(const std::string& id, std::vector<Bits*>& copies, std::vector<std::shared_ptr<Bits>>& fresh) {
        for (std::size_t s = segments.size(); s-- > 0;) {
            auto& stored = segments[s];
            for (auto const document : stored.view.segment->find_id(id)) {
                auto const& now = copies[s] != nullptr ? *copies[s] : *stored.view.deleted;
                if (test(now, document)) continue;
                if (copies[s] == nullptr) {
                    fresh[s] = std::make_shared<Bits>(*stored.view.deleted);
                    fresh[s]->resize((stored.view.segment->documents() + 63) / 64);
                    copies[s] = fresh[s].get();
                }
                (*copies[s])[document / 64] |= 1ull << (document % 64);
                --stored.view.live;
                return;
            }
        }
    }

    // Requires the mutex. Replaces segments [from, from + n) by their merge; drops it when nothing is left of them.
    Result<void> merge_now(std::size_t from, std::size_t n) {
        std::vector<MergeInput> inputs;
        for (std::size_t i = from; i < from + n; ++i) inputs.push_back({segments[i].view.segment.get(), segments[i].view.deleted.get()});
        auto segment = TRY(adopt(merge_segments(setup->schema, setup->language, inputs)));
        replace(from, n, std::move(segment), std::make_shared<Bits>());
        return {};
    }
    void replace(std::size_t from, std::size_t n, std::shared_ptr<const Segment> segment, std::shared_ptr<const Bits> deleted) {
        auto const live = live_of(*segment, *deleted);
        auto const at = segments.erase(segments.begin() + static_cast<std::ptrdiff_t>(from), segments.begin() + static_cast<std::ptrdiff_t>(from + n));
        if (live > 0) segments.insert(at, Stored{{std::move(segment), std::move(deleted), live}});
    }
};

Index::Index(std::unique_ptr<State> state) : state_(std::move(state)) {}
Index::~Index() = default;

Result<std::unique_ptr<Index>> Index::open(IndexOptions options) {
    TRY(validate(options.schema));
    if (!options.language.analyse) return fail(Errc::invalid_argument, "analyse_missing", "An index needs a function that turns text into terms.");
    auto state = std::make_unique<State>();
    state->setup = std::make_shared<Setup>(Setup{options.schema, options.language});
    auto const check = options.verify == IndexOptions::Verify::checksums ? Segment::Check::checksums : Segment::Check::structure;
    state->options = std::move(options);
    auto const& folder = state->options.folder;
    std::error_code error;
    if (!folder.empty()) {
        std::filesystem::create_directories(folder, error);
        if (error) return fail(Errc::unavailable, "file_unwritable", fmt::format("The folder {} cannot be made: {}.", folder, error.message()));
    }
    if (!folder.empty() && std::filesystem::exists(folder + "/manifest", error)) {
        auto const bytes = TRY(map_file(folder + "/manifest"));
        auto manifest = TRY(decode_manifest({bytes.view.data(), bytes.view.size()}));
        if (manifest.schema != fingerprint(state->setup->schema))
            return fail(Errc::failed_precondition, "index_schema_changed", fmt::format("The index in {} was written under another schema. Delete it and index the catalogue again.", folder));
        state->bookmark = std::move(manifest.bookmark);
        state->next_file = manifest.next_file;
        for (auto& entry : manifest.segments) {
            auto const name = segment_file(entry.file);
            auto const damaged = [&](std::string_view why) { return fail(Errc::invalid_argument, "index_damaged", fmt::format("{}/{}: {}", folder, name, why)); };
            auto mapped = map_file(folder + "/" + name);
            if (!mapped) return damaged(mapped.error().message);
            auto segment = Segment::open(*mapped, state->setup->schema, check);
            if (!segment) return segment.error().reason == "index_schema_changed" ? Result<std::unique_ptr<Index>>(std::unexpected(segment.error())) : damaged(segment.error().message);
            auto const documents = (*segment)->documents();
            if (!entry.deleted.empty() && entry.deleted.size() != (documents + 63) / 64) return damaged("its list of deleted documents has another length.");
            if (documents % 64 != 0 && !entry.deleted.empty() && (entry.deleted.back() >> (documents % 64)) != 0) return damaged("its list of deleted documents names some that are not there.");
            auto const live = live_of(**segment, entry.deleted);
            state->segments.push_back({{*segment, std::make_shared<const Bits>(std::move(entry.deleted)), live}, entry.file});
        }
    }
    state->publish();
    return std::unique_ptr<Index>(new Index(std::move(state)));
}

Result<void> Index::upsert(std::span<const Document> documents) {
    for (std::size_t i = 0; i < documents.size(); ++i)
        if (auto valid = validate(state_->setup->schema, documents[i]); !valid) {
            auto error = std::move(valid).error();
            for (auto& field : error.fields) field.path = fmt::format("/{}{}", i, field.path);
            return std::unexpected(std::move(error));
        }
    for (auto const& document : documents) {
        auto const [at, added] = state_->pending_place.try_emplace(document.id, state_->pending.size());
        if (!added && at->second != State::no_place) state_->pending[at->second].id.clear();  // replaced before it was ever seen
        at->second = state_->pending.size();
        state_->pending.push_back(document);
    }
    return {};
}

void Index::erase(std::string_view id) {
    auto const [at, added] = state_->pending_place.try_emplace(std::string(id), State::no_place);
    if (!added && at->second != State::no_place) state_->pending[at->second].id.clear();
    at->second = State::no_place;
}

Result<void> Index::commit() {
    auto& s = *state_;
    if (s.pending_place.empty()) return {};
    std::vector<const Document*> documents;
    for (auto const& document : s.pending)
        if (!document.id.empty()) documents.push_back(&document);
    std::shared_ptr<const Segment> segment;
    if (!documents.empty()) segment = TRY(s.adopt(build_segment(s.setup->schema, s.setup->language, documents)));

    std::lock_guard const lock(s.mutex);
    std::vector<Bits*> copies(s.segments.size());
    std::vector<std::shared_ptr<Bits>> fresh(s.segments.size());
    for (auto const& [id, place] : s.pending_place) s.bury(id, copies, fresh);
    for (std::size_t i = 0; i < fresh.size(); ++i)
        if (fresh[i]) s.segments[i].view.deleted = fresh[i];
    std::erase_if(s.segments, [](const Stored& stored) { return stored.view.live == 0 && !stored.merging; });
    if (segment) s.segments.push_back({{segment, std::make_shared<Bits>(), segment->documents()}});
    s.pending.clear();
    s.pending_place.clear();
    // Like carrying in a binary counter: every document is rewritten about log2(small_merge) times.
    while (s.segments.size() >= 2) {
        auto const &last = s.segments.back(), &before = s.segments[s.segments.size() - 2];
        if (before.merging || last.merging || before.view.live > 2 * last.view.live || before.view.live + last.view.live > small_merge) break;
        TRY(s.merge_now(s.segments.size() - 2, 2));
    }
    s.publish();
    return {};
}

Result<void> Index::merge(std::uint64_t largest) {
    auto& s = *state_;
    for (std::size_t from = 0;;) {
        std::vector<ViewSegment> run;
        {
            std::lock_guard const lock(s.mutex);
            std::uint64_t documents = 0;
            while (from + run.size() < s.segments.size()) {
                auto const& next = s.segments[from + run.size()].view;
                if (documents + next.live > largest) break;
                documents += next.live;
                run.push_back(next);
            }
            if (from >= s.segments.size()) return {};
            bool const worth = run.size() >= 2 || (run.size() == 1 && run[0].live < run[0].segment->documents());
            if (!worth) {
                ++from;
                continue;
            }
            for (std::size_t i = 0; i < run.size(); ++i) s.segments[from + i].merging = true;
        }
        std::vector<MergeInput> inputs;
        for (auto const& input : run) inputs.push_back({input.segment.get(), input.deleted.get()});
        auto segment = s.adopt(merge_segments(s.setup->schema, s.setup->language, inputs));

        std::lock_guard const lock(s.mutex);
        // Segments before the run may have gone meanwhile, and save() may have mapped the run's own.
        from = static_cast<std::size_t>(std::ranges::find(s.segments, true, &Stored::merging) - s.segments.begin());
        for (std::size_t i = 0; i < run.size(); ++i) s.segments[from + i].merging = false;
        if (!segment) return std::unexpected(segment.error());
        // What was deleted while the merge ran is deleted in its result too.
        auto deleted = std::make_shared<Bits>(((*segment)->documents() + 63) / 64);
        std::uint32_t document = 0;
        for (std::size_t i = 0; i < run.size(); ++i)
            for (std::uint32_t d = 0; d < run[i].segment->documents(); ++d) {
                if (test(*run[i].deleted, d)) continue;
                if (s.segments[from + i].view.is_deleted(d)) (*deleted)[document / 64] |= 1ull << (document % 64);
                ++document;
            }
        s.replace(from, run.size(), *segment, deleted);
        s.publish();
        ++from;
    }
}

Result<void> Index::merge_if_needed(std::size_t most) {
    std::uint64_t largest = small_merge;
    {
        std::lock_guard const lock(state_->mutex);
        auto const& segments = state_->segments;
        if (segments.size() <= most) return {};
        auto const remaining = [&] {
            std::size_t runs = 0;
            std::uint64_t documents = largest;
            for (auto const& s : segments) {
                auto const live = std::uint64_t{s.view.live};
                bool const joins = documents < largest && documents + live <= largest;
                runs += joins ? 0 : 1;
                documents = (joins ? documents : 0) + live;
            }
            return runs;
        };
        // Doubling keeps it cheap: a document is rewritten about once per doubling of the segment it is in.
        for (auto const wanted = std::max<std::size_t>(1, most / 2); remaining() > wanted;) largest *= 2;
    }
    return merge(largest);
}

Result<void> Index::save() {
    auto& s = *state_;
    auto const& folder = s.options.folder;
    if (folder.empty()) return fail(Errc::failed_precondition, "index_in_memory", "This index has no folder to be saved in.");
    TRY(commit());
    // Writing happens outside the lock: readers and a running merge go on. What is saved is the list as it is now.
    std::vector<Stored> list;
    {
        std::lock_guard const lock(s.mutex);
        list = s.segments;
    }
    Manifest manifest;
    manifest.schema = fingerprint(s.setup->schema);
    manifest.bookmark = s.bookmark;
    // Segment in memory -> the same from its file. It is held until the end: a merge may drop it meanwhile, and at the address of one
    // that is gone another may come to live, which would then be taken for it.
    std::vector<std::pair<std::shared_ptr<const Segment>, Stored>> mapped;
    for (auto& stored : list) {
        if (stored.file == 0) {
            auto in_memory = stored.view.segment;
            auto const path = folder + "/" + segment_file(s.next_file);
            TRY(write_file(path, {in_memory->bytes().data(), in_memory->bytes().size()}));
            stored.view.segment = TRY(Segment::open(TRY(map_file(path)), s.setup->schema, Segment::Check::structure));
            stored.file = s.next_file++;
            mapped.emplace_back(std::move(in_memory), stored);
        }
        manifest.segments.push_back({stored.file, *stored.view.deleted});
    }
    manifest.next_file = s.next_file;
    TRY(write_manifest(folder, manifest));
    remove_strays(folder, manifest);
    std::lock_guard const lock(s.mutex);
    for (auto const& [in_memory, stored] : mapped)
        for (auto& now : s.segments)
            if (now.view.segment == in_memory) now.view.segment = stored.view.segment, now.file = stored.file;
    s.publish();  // snapshots taken from now on read the mapped files
    return {};
}

void Index::set_synonyms(std::vector<SynonymSet> sets) {
    auto synonyms = std::make_shared<Synonyms>();
    for (auto const& set : sets) {
        std::vector<std::vector<std::string>> members;
        for (auto const& text : set) {
            std::vector<Token> tokens;
            state_->setup->language.analyse(text, Mode::query, tokens);
            std::ranges::stable_sort(tokens, {}, &Token::position);
            std::vector<std::string> terms;
            auto last = no_document;
            for (auto const& token : tokens) {
                if (token.position != last && !token.term.empty()) terms.push_back(token.term);
                last = token.position;
            }
            if (!terms.empty() && std::ranges::find(members, terms) == members.end()) members.push_back(std::move(terms));
        }
        for (auto const& terms : members) {
            auto key = terms[0];
            for (std::size_t i = 1; i < terms.size(); ++i) key += '\x1F' + terms[i];
            synonyms->set_of.emplace(std::move(key), synonyms->sets.size());
            synonyms->longest = std::max(synonyms->longest, terms.size());
        }
        synonyms->sets.push_back(std::move(members));
    }
    std::lock_guard const lock(state_->mutex);
    state_->synonyms = std::move(synonyms);
    state_->publish();
}

void Index::set_bookmark(std::string bookmark) { state_->bookmark = std::move(bookmark); }
const std::string& Index::bookmark() const { return state_->bookmark; }

Snapshot Index::snapshot() const {
    std::lock_guard const lock(state_->mutex);
    return Snapshot(state_->view);
}

}  // namespace kindling::text
