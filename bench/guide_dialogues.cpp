// guide_dialogues.cpp -- reads written dialogues; the form is told in guide_checks.h.
#include "guide_checks.h"

#include <fmt/format.h>
#include <algorithm>
#include <fstream>
#include <sstream>

namespace kindling::bench {

std::vector<std::string> parts_of(std::string const& text, char by) {
    std::vector<std::string> out;
    std::stringstream in(text);
    for (std::string part; std::getline(in, part, by);)
        if (!part.empty()) out.push_back(part);
    return out;
}
Result<std::vector<WrittenDialogue>> read_dialogues(std::filesystem::path const& folder) {
    std::vector<WrittenDialogue> out;
    std::vector<std::filesystem::path> files;
    std::error_code problem;
    for (auto const& entry : std::filesystem::directory_iterator(folder, problem))
        if (entry.path().extension() == ".test") files.push_back(entry.path());
    if (files.empty()) return fail(Errc::not_found, "no_dialogues", "There are no dialogues in " + folder.string() + ".");
    std::sort(files.begin(), files.end());
    for (auto const& path : files) {
        std::ifstream in(path);
        int number = 0;
        for (std::string line; std::getline(in, line);) {
            ++number;
            if (line.empty() || line[0] == '#') continue;
            if (line.starts_with("dialogue ")) { out.push_back({path.stem().string(), line.substr(9), "", 0, {}}); continue; }
            if (out.empty()) return fail(Errc::invalid_argument, "bad_dialogue", fmt::format("{}:{}: start with a dialogue line.", path.string(), number));
            if (line.starts_with("page ")) {
                auto const parts = parts_of(line.substr(5), ' ');
                out.back().page_category = parts[0], out.back().page_number = std::stoi(parts[1]);
            } else if (line.starts_with("> ")) out.back().turns.push_back({line.substr(2), {}, number});
            else if (line.starts_with(">> ")) {  // ">> 10000 words": the words again and again, to so many bytes
                auto const blank = line.find(' ', 3);
                std::string said;
                while (said.size() < std::stoul(line.substr(3))) said += line.substr(blank + 1);
                out.back().turns.push_back({std::move(said), {}, number});
            }
            else if (line.starts_with("  ") && !out.back().turns.empty()) {
                auto parts = parts_of(line.substr(2), ' ');
                Expectation e{parts[0], {parts.begin() + 1, parts.end()}, number};
                if (e.what == "without" || e.what == "without-value" || e.what == "in" || e.what == "has" || e.what == "says" || e.what == "about" || e.what == "never" || e.what == "set-has" || e.what == "titled" || e.what == "chip") e.words = {line.substr(2 + e.what.size() + (parts.size() > 1 ? 1 : 0))};
                out.back().turns.back().expectations.push_back(std::move(e));
            } else return fail(Errc::invalid_argument, "bad_dialogue", fmt::format("{}:{}: cannot read this line.", path.string(), number));
        }
    }
    return out;
}

}  // namespace kindling::bench
