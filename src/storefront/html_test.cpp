#include "storefront/html.h"
#include <boost/json.hpp>
#include <gtest/gtest.h>

namespace kindling::storefront {

TEST(Html, EscapesTextEverywhere) {
    auto const h = html("<a title=\"{}\">{}</a>", "\" onmouseover=\"x", std::string("<script>alert('1')</script> & more"));
    EXPECT_EQ(h.text(), "<a title=\"&quot; onmouseover=&quot;x\">&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt; &amp; more</a>");
}

TEST(Html, NestsMarkupAndWritesNumbers) {
    auto const inner = html("<b>{}</b>", "a<b");
    EXPECT_EQ(html("<p>{} {}</p>", inner, -3).text(), "<p><b>a&lt;b</b> -3</p>");
}

TEST(Html, MarksAreLiteralsThatMayStandInTags) {
    EXPECT_EQ(html("<input{}>", Mark(" checked", true)).text(), "<input checked>");
    EXPECT_EQ(html("<input{}>", Mark(" checked", false)).text(), "<input>");
}

TEST(Html, BracesInTextAreNotPlaces) { EXPECT_EQ(html("<p>{}</p>", "{} {0} {x}").text(), "<p>{} {0} {x}</p>"); }

TEST(Html, LeavesOutControlsAndDirectionMarks) {
    std::string out;
    append_escaped(std::string_view("a\0b\x07\n\tc\x7F", 8), out);
    EXPECT_EQ(out, "ab\n\tc");
    out.clear();
    append_escaped("x\u202Egnp.exe\u202C \u2066y\u2069 \u2013 \u20AC \u200D", out);
    EXPECT_EQ(out, "xgnp.exe y \u2013 \u20AC \u200D");  // dash, euro sign and joiner stay
    out.clear();
    append_escaped("\xE2\x80", out);  // cut in the middle of a mark
    EXPECT_EQ(out.find('\xE2'), std::string::npos);
}

TEST(Html, BrokenUtf8IsRepairedBeforeItCanSwallowAQuote) {
    std::string out;
    append_escaped("\xC3\"onclick", out);
    EXPECT_NE(out.find("&quot;onclick"), std::string::npos);
}

TEST(Html, JsonLdCannotEndItsElement) {
    Html h;
    h.add_json_ld(boost::json::object{{"name", "</script><script>alert(1)</script><!-- &"}});
    EXPECT_EQ(h.text().find("</script>"), h.text().rfind("</script>"));
    EXPECT_EQ(h.text().find("<!--"), std::string::npos);
    auto const begin = h.text().find('>') + 1, end = h.text().rfind("</script>");
    EXPECT_EQ(boost::json::parse(h.text().substr(begin, end - begin)).at("name").as_string(), "</script><script>alert(1)</script><!-- &");
}

TEST(SafeUrl, FollowsOnlyWhatABrowserMay) {
    for (auto good : {"/assets/a.svg", "https://x.test/a", "http://x.test", "/"}) EXPECT_EQ(safe_url(good), good);
    for (auto bad : {"javascript:alert(1)", "JAVASCRIPT:x", "data:text/html,x", "//evil.test", "/\\evil.test", "a.svg", "", " https://x"}) EXPECT_EQ(safe_url(bad), "") << bad;
}

}  // namespace kindling::storefront
