# The front door. Meson does the work: `make` sets a build folder up once and then builds what changed.
#
#   make                  build/bulldog and build/sample-wire
#   make check            every test that needs no further package (./setup check: all of them)
#   make asan             unit tests and scenarios under ASan and UBSan
#   make fuzz             each fuzzer for a minute (SECONDS=10 for less)
#   make bench            the figures of bench/
#   make lint             the rules of the house; make fmt-check: the layout of the code
#   make fmt              lay the code out
#   make bless            take what is printed now as the golden files: read the diff before you commit it
#   make install          program and manual page under PREFIX, below DESTDIR
#   make clean
#
# BUILD=folder builds elsewhere, OPTIONS=... are meson's for a folder that is new, CC chooses the compiler.

BUILD   ?= build
PREFIX  ?= /usr/local
DESTDIR ?=
OPTIONS ?= --buildtype=debugoptimized
SECONDS ?= 60
SOURCES  = $(shell git ls-files --cached --others --exclude-standard '*.c' '*.h' | grep -v '^tests/browser/node_modules')

all: $(BUILD)/build.ninja
	@ninja -C $(BUILD)
	@ln -sf src/cmd/bulldog $(BUILD)/bulldog
	@ln -sf sample/sample-wire $(BUILD)/sample-wire

$(BUILD)/build.ninja:
	meson setup $(BUILD) --prefix=$(PREFIX) $(OPTIONS)

check:
	tests/run unit scenario fault replay

asan:
	tests/run asan

fuzz:
	FUZZ_SECONDS=$(SECONDS) tests/run fuzz

bench: all
	bench/press.sh $(BUILD)/bulldog
	bench/chart.sh $(BUILD)/bulldog
	bench/site.sh $(BUILD)/bulldog
	bench/feeds1000.sh $(BUILD)/bulldog $(BUILD)/sample-wire
	@$(BUILD)/sample-wire --port 8036 >/dev/null & wire=$$!; sleep 1; \
	bench/edition.sh http://127.0.0.1:8036/feeds.opml $(BUILD)/bulldog; kill $$wire

lint:
	tools/lint

fmt:
	clang-format -i $(SOURCES)

fmt-check:
	clang-format --dry-run -Werror $(SOURCES)

bless:
	BLESS=1 tests/run unit

install: all
	DESTDIR=$(DESTDIR) meson install -C $(BUILD) --no-rebuild

clean:
	rm -rf build build-*

.PHONY: all check asan fuzz bench lint fmt fmt-check bless install clean
