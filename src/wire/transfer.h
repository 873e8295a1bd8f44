#ifndef WIRE_TRANSFER_H
#define WIRE_TRANSFER_H

/*
 * One request and its answer on one handle of libcurl: its options and limits,
 * what curl calls while it runs, and in words what went wrong.
 */

#include <curl/curl.h>

#include "wire/body.h"
#include "wire/fetch.h"

struct arena;
struct errand;
struct lane;

struct transfer {
        const struct fetch_options *o;
        struct transfer *next;  /* among the idle or the done */
        struct transfer *older; /* of all there are */
        CURL *easy;
        struct curl_slist *headers;
        struct arena *a; /* for the answer's texts */
        struct errand *errand;
        struct lane *lane;
        struct body body;
        struct fetch_answer answer;
        struct str location;
        struct err refused; /* by the guard, for one of its addresses */
        struct err stopped; /* why we ended it ourselves */
        bool is_cut;        /* an unwanted body, cut short: no failure */
        size_t headers_b, unread_b;
        int64_t started_ms;
        char curl_says[CURL_ERROR_SIZE];
};

/* The struct lives in a; transfer_free frees what it holds. */
struct transfer *transfer_new(struct arena *a, const struct fetch_options *o);
void transfer_free(struct transfer *t);

/* Make it ready to run the errand; max_b of body are taken. */
void transfer_set(struct transfer *t, struct errand *e, size_t max_b);
/* Forget the answer. */
void transfer_clear(struct transfer *t);

/* Why it failed, into its answer; returns the code. */
int transfer_explain(struct transfer *t, CURLcode code);

/* What is wrong with a host's certificate or its TLS, in words: by curl's code,
 * the verdict of OpenSSL on the certificate (0: none) and curl's own words. */
const char *transfer_tls_fault(CURLcode code, long verdict, const char *says);

#endif
