#include "language.h"

#include "core/utf8.h"

#include <filesystem>
#include <fstream>
#include <sys/resource.h>

#include <fmt/format.h>

namespace kindling::bench {

namespace {

namespace fs = std::filesystem;

template <class F> void each_line(std::string_view file, F&& f) {
    while (!file.empty()) {
        auto line = file.substr(0, file.find('\n'));
        file.remove_prefix(std::min(file.size(), line.size() + 1));
        if (line.ends_with('\r')) line.remove_suffix(1);
        f(line);
    }
}

// Spans of BIO labels; an I that nothing opened opens a span, as conlleval reads it.
std::vector<tagging::Span> spans_of(std::span<const std::string> labels, std::vector<std::string>& types) {
    std::vector<tagging::Span> out;
    std::string open;
    for (std::uint32_t i = 0; i < labels.size(); ++i) {
        auto const& label = labels[i];
        if (label.size() < 3) { open.clear(); continue; }
        auto const type = label.substr(2);
        if (label[0] == 'I' && type == open) { out.back().end = i + 1; continue; }
        auto at = std::ranges::find(types, type);
        if (at == types.end()) at = types.insert(types.end(), type);
        out.push_back({i, i + 1, static_cast<std::uint8_t>(at - types.begin())});
        open = type;
    }
    return out;
}

std::vector<std::string> labels_of(const MarkedText& m) {
    std::vector<std::string> out(m.text.size(), "O");
    for (auto const& s : m.spans)
        for (auto i = s.begin; i < s.end; ++i) out[i] = fmt::format("{}-{}", i == s.begin ? 'B' : 'I', s.type);
    return out;
}

void write_columns(const fs::path& path, std::span<const MarkedText> texts, bool with_labels) {
    std::ofstream out(path);
    for (auto const& m : texts) {
        auto const labels = labels_of(m);
        // The columns are parted by tabs.
        for (std::size_t i = 0; i < m.text.size(); ++i) out << to_utf8(std::u32string(1, m.text[i] <= U' ' || m.text[i] == 0x3000 ? U'_' : m.text[i])) << (with_labels ? "\t" + labels[i] : "") << '\n';
        out << '\n';
    }
}

double children_seconds() {
    rusage u{};
    ::getrusage(RUSAGE_CHILDREN, &u);
    return static_cast<double>(u.ru_utime.tv_sec + u.ru_stime.tv_sec) + 1e-6 * static_cast<double>(u.ru_utime.tv_usec + u.ru_stime.tv_usec);
}

constexpr std::string_view peer_program = R"(import sys, pycrfsuite
def read(name):
    for block in open(name, encoding='utf8').read().split('\n\n'):
        rows = [line.split('\t') for line in block.split('\n') if line]
        if rows: yield rows
def features(c):
    at = lambda i: c[i] if 0 <= i < len(c) else '<%d>' % (i >= 0)
    return [['%d=%s' % (d, at(i + d)) for d in range(-2, 3)] + ['p%d=%s%s' % (d, at(i + d), at(i + d + 1)) for d in range(-2, 2)] + ['s=%s%s' % (at(i - 1), at(i + 1)), 'bias'] for i in range(len(c))]
trainer = pycrfsuite.Trainer(verbose=False)
for rows in read('train'): trainer.append(features([r[0] for r in rows]), [r[1] for r in rows])
trainer.set_params({'c2': float(sys.argv[1])})
trainer.train('model')
tagger = pycrfsuite.Tagger()
tagger.open('model')
with open('answer', 'w', encoding='utf8') as out:
    for rows in read('test'): out.write('\n'.join(tagger.tag(features([r[0] for r in rows]))) + '\n\n')
)";

// A folder that only this user can read.
class PrivateFolder {
public:
    PrivateFolder() { auto name = (fs::temp_directory_path() / "kindling-bench-XXXXXX").string(); path = ::mkdtemp(name.data()) ? fs::path(name) : fs::path(); }
    ~PrivateFolder() { std::error_code error; if (!path.empty()) fs::remove_all(path, error); }
    fs::path path;
};

}  // namespace

std::vector<MarkedText> read_columns(const std::string& path, std::vector<std::string>& types) {
    std::vector<MarkedText> out;
    std::vector<std::string> labels;
    MarkedText now;
    auto const close = [&] {
        if (labels.empty()) return;
        now.spans = spans_of(labels, types);
        out.push_back(std::move(now)), now = {}, labels.clear();
    };
    each_line(read_file(path), [&](std::string_view line) {
        auto const gap = line.rfind(' ');
        if (line.empty() || gap == std::string_view::npos) return close();
        auto const c = to_utf32(line.substr(0, gap));
        now.text += c.empty() ? U' ' : c[0];
        labels.emplace_back(line.substr(gap + 1));
    });
    close();
    return out;
}

std::shared_ptr<const text::Dictionary> jieba_dictionary(BenchContext& context) {
    std::string path = "/usr/lib/python3/dist-packages/jieba/dict.txt";  // Debian: python3-jieba
    if (!fs::exists(path)) {
        auto const other = context.find("jieba/dict.txt");
        if (!other) return nullptr;
        path = *other;
    }
    return need(text::Dictionary::load(path));
}

std::optional<PeerTags> crfsuite(std::span<const MarkedText> train, std::span<const MarkedText> test, double c2) {
    if (std::system("python3 -c 'import pycrfsuite' > /dev/null 2>&1") != 0) {
        fmt::print(stderr, "python3 has no pycrfsuite (pip install python-crfsuite): there is no peer in this run\n");
        return std::nullopt;
    }
    PrivateFolder const folder;
    if (folder.path.empty()) give_up({Errc::unavailable, "no_folder", "There is no temporary folder to write in."});
    std::ofstream(folder.path / "peer.py") << peer_program;
    write_columns(folder.path / "train", train, true), write_columns(folder.path / "test", test, false);
    PeerTags out;
    auto const before = children_seconds();
    if (std::system(fmt::format("cd '{}' && python3 peer.py {} > log 2>&1", folder.path.string(), c2).c_str()) != 0) give_up({Errc::internal, "peer_failed", "CRFsuite failed: " + read_file((folder.path / "log").string())});
    out.cpu_s = children_seconds() - before;
    std::vector<std::string> types;
    for (int t = 0; t < 64; ++t) types.push_back(std::to_string(t));
    std::vector<std::string> labels;
    each_line(read_file((folder.path / "answer").string()), [&](std::string_view line) {
        if (!line.empty()) return void(labels.emplace_back(line));
        if (!labels.empty()) out.spans.push_back(spans_of(labels, types)), labels.clear();
    });
    if (!labels.empty()) out.spans.push_back(spans_of(labels, types));
    if (out.spans.size() != test.size()) give_up({Errc::internal, "peer_failed", "CRFsuite labelled another number of texts than it was given."});
    return out;
}

}  // namespace kindling::bench
