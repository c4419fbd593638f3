// A certificate that nobody but the test trusts, and a server's TLS context with it.
#pragma once
#include "core/id.h"
#include <cstdio>
#include <filesystem>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <string>

namespace kindling::providers::test {

// A certificate for localhost and 127.0.0.1, signed by itself, made for this run.
struct Certificate {
    EVP_PKEY* key = EVP_EC_gen("P-256");
    X509* x509 = X509_new();
    SSL_CTX* context = SSL_CTX_new(TLS_server_method());
    std::string path = (std::filesystem::temp_directory_path() / ("kindling-certificate-" + new_id("t") + ".pem")).string();
    explicit Certificate(char const* names) {
        X509_set_version(x509, 2);
        ASN1_INTEGER_set(X509_get_serialNumber(x509), 1);
        X509_gmtime_adj(X509_getm_notBefore(x509), -3600), X509_gmtime_adj(X509_getm_notAfter(x509), 3600);
        X509_set_pubkey(x509, key);
        X509_NAME_add_entry_by_txt(X509_get_subject_name(x509), "CN", MBSTRING_ASC, reinterpret_cast<unsigned char const*>("test"), -1, -1, 0);
        X509_set_issuer_name(x509, X509_get_subject_name(x509));
        auto* const extension = X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, names);
        X509_add_ext(x509, extension, -1);
        X509_EXTENSION_free(extension);
        X509_sign(x509, key, EVP_sha256());
        SSL_CTX_use_certificate(context, x509), SSL_CTX_use_PrivateKey(context, key);
        auto* const file = std::fopen(path.c_str(), "w");
        PEM_write_X509(file, x509);
        std::fclose(file);
    }
    ~Certificate() {
        std::filesystem::remove(path);
        SSL_CTX_free(context), X509_free(x509), EVP_PKEY_free(key);
    }
};

}  // namespace kindling::providers::test
