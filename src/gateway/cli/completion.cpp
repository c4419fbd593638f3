#include "gateway/cli/completion.h"
#include "gateway/render/names.h"

namespace kindling::gateway {

namespace {

Type const& plain(Type const& type) { return type.kind == Kind::optional || type.kind == Kind::list ? plain(type.element()) : type; }

// In single quotes; the texts are our own declarations, but a quote in one must not end the script.
std::string quoted(std::string_view text) {
    std::string out = "'";
    for (char c : text) c == '\'' ? out += "'\\''" : out += c;
    return out + "'";
}

std::string hyphened(std::string_view name) {
    std::string out(name);
    std::ranges::replace(out, '_', '-');
    return out;
}

// What may follow: "" -> first words, "orders" -> verbs, "orders place" -> flags, "orders place --colour" -> its values.
struct Entry { std::string after, words; };

std::vector<Entry> entries(Registry const& registry, std::span<Command const> commands) {
    std::string const shells = "bash zsh fish";
    std::string globals, names, modules;
    for (auto const& f : global_flags()) globals += (globals.empty() ? "--" : " --") + hyphened(f.name);
    for (auto const& c : commands) names += std::string(c.name) + " ";
    for (auto m : modules_of(registry)) modules += (modules.empty() ? "" : " ") + std::string(m);
    std::vector<Entry> out{{"", "help completion " + names + modules}, {"completion", shells}, {"help", names + modules}};
    for (auto const& c : commands) {
        std::string flags = globals;
        for (auto const& f : c.flags) flags += " --" + hyphened(f.name);
        out.push_back({std::string(c.name), flags});
    }
    for (auto m : modules_of(registry)) {
        std::string verbs;
        for (auto const& op : registry.all()) {
            if (module_of(op.name) != m) continue;
            verbs += (verbs.empty() ? "" : " ") + std::string(verb_of(op.name));
        }
        out.push_back({std::string(m), verbs});
        for (auto const& op : registry.all()) {
            if (module_of(op.name) != m) continue;
            auto const words = std::string(m) + " " + std::string(verb_of(op.name));
            std::string flags = globals;
            for (auto const& field : op.input().members) {
                flags += " --" + std::string(field.field->name);
                auto const& type = plain(field.type());
                if (type.kind != Kind::enumeration) continue;
                std::string values;
                for (auto n : type.names) values += (values.empty() ? "" : " ") + std::string(n);
                out.push_back({words + " --" + std::string(field.field->name), values});
            }
            out.push_back({words, flags});
        }
    }
    return out;
}

// Flags that take no value; after any other flag a value is typed, and no list of flags helps.
std::string switches(Registry const& registry, std::span<Command const> commands) {
    std::set<std::string> names;
    for (auto const& f : global_flags())
        if (f.value.empty()) names.insert("--" + hyphened(f.name));
    for (auto const& c : commands)
        for (auto const& f : c.flags)
            if (f.takes == CommandFlag::Takes::nothing) names.insert("--" + hyphened(f.name));
    for (auto const& op : registry.all())
        for (auto const& m : op.input().members)
            if (plain(m.type()).kind == Kind::boolean) names.insert("--" + std::string(m.field->name));
    std::string out;
    for (auto const& n : names) out += (out.empty() ? "" : " ") + n;
    return out;
}

// bash and zsh share one function: the words so far choose a list, and a flag before the cursor may choose a narrower one.
std::string lookup(std::vector<Entry> const& all, std::string const& function) {
    std::string out = function + "_words() {\n  case \"$1\" in\n";
    for (auto const& e : all) out += "    " + quoted(e.after) + ") printf '%s\\n' " + quoted(e.words) + " ;;\n";
    return out + "  esac\n}\n";
}

}  // namespace

std::optional<Shell> shell_of(std::string_view name) {
    if (name == "bash") return Shell::bash;
    if (name == "zsh") return Shell::zsh;
    if (name == "fish") return Shell::fish;
    return {};
}

std::string completion_script(Shell shell, Registry const& registry, std::span<Command const> commands, std::string_view program) {
    auto const all = entries(registry, commands);
    std::string const name(program), function = "_" + name, alone = switches(registry, commands);
    if (shell == Shell::fish) {
        std::string out = "# fish completion of " + name + ", generated from its operations\nfunction __" + name + "_words\n  switch \"$argv[1]\"\n";
        for (auto const& e : all) out += "    case " + quoted(e.after) + "\n      string split ' ' -- " + quoted(e.words) + "\n";
        out += "  end\nend\n";
        out += "function __" + name + "_complete\n  set -l words\n  for word in (commandline -opc)[2..-1]\n    string match -q -- '-*' $word; and break\n    set -a words $word\n    test (count $words) -ge 2; and break\n  end\n"
               "  set -l last (commandline -opc)[-1]\n  set -l values (__" + name + "_words (string join ' ' -- $words $last))\n"
               "  if string match -q -- '--*' $last; and test (count $values) -gt 0\n    printf '%s\\n' $values\n    return\n  end\n"
               "  if string match -q -- '--*' $last; and not contains -- $last " + alone + "\n    __fish_complete_path (commandline -ct)\n    return\n  end\n"
               "  __" + name + "_words (string join ' ' -- $words)\nend\ncomplete -c " + name + " -f -a '(__" + name + "_complete)'\n";
        return out;
    }
    // After a flag that takes a value without a list nothing is found, and the shell offers files.
    auto const flags_fit = "[[ \"$last\" != --* || \" " + alone + " \" == *\" $last \"* ]]";
    auto out = "# completion of " + name + ", generated from its operations\n" + lookup(all, function);
    if (shell == Shell::bash) {
        out += function + "() {\n  local current=\"${COMP_WORDS[COMP_CWORD]}\" last=\"${COMP_WORDS[COMP_CWORD-1]}\" so_far=\"\" i found\n"
               "  for ((i = 1; i < COMP_CWORD && i < 3; i++)); do\n    [[ \"${COMP_WORDS[i]}\" == -* ]] && break\n    so_far+=\"${so_far:+ }${COMP_WORDS[i]}\"\n  done\n"
               "  if [[ \"$last\" == --* ]]; then found=\"$(" + function + "_words \"$so_far $last\")\"; fi\n"
               "  [[ -z \"$found\" ]] && " + flags_fit + " && found=\"$(" + function + "_words \"$so_far\")\"\n"
               "  COMPREPLY=($(compgen -W \"$found\" -- \"$current\"))\n}\ncomplete -o default -F " + function + " " + name + "\n";
        return out;
    }
    return "#compdef " + name + "\n" + out + function + "() {\n  local so_far=\"\" found=\"\" last=\"${words[CURRENT-1]}\" i\n"
           "  for ((i = 2; i < CURRENT && i < 4; i++)); do\n    [[ \"${words[i]}\" == -* ]] && break\n    so_far+=\"${so_far:+ }${words[i]}\"\n  done\n"
           "  [[ \"$last\" == --* ]] && found=\"$(" + function + "_words \"$so_far $last\")\"\n"
           "  [[ -z \"$found\" ]] && " + flags_fit + " && found=\"$(" + function + "_words \"$so_far\")\"\n"
           "  if [[ -n \"$found\" ]]; then compadd -- ${=found}; else _files; fi\n}\n" +
           "if [[ \"$funcstack[1]\" == " + function + " ]]; then " + function + " \"$@\"; else compdef " + function + " " + name + "; fi\n";
}

}  // namespace kindling::gateway
