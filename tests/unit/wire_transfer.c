#include "unit.h"

#include <openssl/x509_vfy.h>

#include "wire/transfer.h"

/* What is wrong with a host's TLS, told apart. */
static void test_tls_faults(void **state)
{
        static const struct {
                CURLcode code;
                long verdict;
                const char *says, *want;
        } rows[] = {
                { CURLE_PEER_FAILED_VERIFICATION, X509_V_ERR_CERT_HAS_EXPIRED,
                  "SSL certificate problem: certificate has expired",
                  "its certificate has expired" },
                { CURLE_PEER_FAILED_VERIFICATION, X509_V_ERR_CERT_NOT_YET_VALID,
                  "",
                  "its certificate is not valid yet (is our clock right?)" },
                { CURLE_PEER_FAILED_VERIFICATION, X509_V_OK,
                  "SSL: no alternative certificate subject name matches "
                  "target host name 'gazette.example'",
                  "its certificate is for another host" },
                { CURLE_PEER_FAILED_VERIFICATION, X509_V_OK,
                  "SSL: certificate subject name 'a.example' does not match "
                  "target host name 'b.example'",
                  "its certificate is for another host" },
                { CURLE_PEER_FAILED_VERIFICATION,
                  X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT, "",
                  "its certificate is signed by itself, by no authority" },
                { CURLE_PEER_FAILED_VERIFICATION,
                  X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY, "",
                  "its certificate comes from an authority that we don't "
                  "know" },
                { CURLE_PEER_FAILED_VERIFICATION, 9999, "",
                  "its certificate is not good" },
                { CURLE_SSL_CONNECT_ERROR, X509_V_OK,
                  "error:0A00010B:SSL routines::wrong version number",
                  "it does not speak TLS at this port" },
                { CURLE_SSL_CONNECT_ERROR, X509_V_OK,
                  "error:0A000102:SSL routines::unsupported protocol",
                  "it speaks no version of TLS that we do" },
                { CURLE_SSL_CONNECT_ERROR, X509_V_OK,
                  "OpenSSL SSL_connect: SSL_ERROR_SYSCALL in connection to x",
                  "it broke off before a TLS connection stood" },
                { CURLE_SSL_CONNECT_ERROR, X509_V_OK, "",
                  "no TLS connection came about" },
        };

        (void)state;
        for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
                assert_string_equal(transfer_tls_fault(rows[i].code,
                                                       rows[i].verdict,
                                                       rows[i].says),
                                    rows[i].want);
}

UNIT_MAIN(cmocka_unit_test(test_tls_faults))
