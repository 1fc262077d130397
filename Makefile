# proclab: the front door. `make help` lists every public command.
#
# Variables:  BUILD=dir   where everything is written (default build)
#             SAN=1       AddressSanitizer and UBSan
#             WERROR=1    warnings are errors (CI sets it)
#             V=1         show whole commands
#             N=, SCHEDULES=, SEED=  size of the long targets

BUILD   ?= build
ifeq ($(origin CC),default)
CC := gcc
endif
CFLAGS  ?= -O2 -g
PREFIX  ?= /usr/local

WARN := -Wall -Wextra -Wshadow -Wconversion -Wsign-conversion \
        -Wstrict-prototypes -Wmissing-prototypes -Wold-style-definition \
        -Wwrite-strings -Wvla -Wformat=2 -Wundef -Wnull-dereference
ifdef WERROR
WARN += -Werror
endif
ifdef SAN
SANFLAGS := -fsanitize=address,undefined -fno-sanitize-recover=undefined
endif
ifndef V
.SILENT:
endif

VERSION  := 0.1.0
PKGS     := libseccomp jansson libdw nettle libcyaml
PKG_CFLAGS  = $(shell pkg-config --cflags $(PKGS) 2>/dev/null)
PKG_LIBS    = $(shell pkg-config --libs $(PKGS) check 2>/dev/null || \
                echo -lseccomp -ljansson -ldw -lnettle -lcyaml -lcheck)
# To load a dozen libraries is a quarter of a short run, and each fork copies
# their maps: all but libc's own go into the program, where that can be done.
LIBC_LIBS   := -lm -lrt -pthread -lpthread
STATIC_LIBS  = -Wl,-Bstatic $(filter-out $(LIBC_LIBS),\
                 $(shell pkg-config --static --libs $(PKGS) check)) \
               -Wl,-Bdynamic $(LIBC_LIBS)
LIBS         = $(shell echo 'int main(void) { return 0; }' | \
                 $(CC) -x c - $(STATIC_LIBS) -o $(BUILD)/obj/static \
                 2>/dev/null && echo '$(STATIC_LIBS)' || echo '$(PKG_LIBS)')

ALL_CFLAGS = -std=gnu17 $(WARN) $(CFLAGS) $(SANFLAGS) -D_GNU_SOURCE \
             -DPROCLAB_VERSION='"$(VERSION)"' -Igrader $(PKG_CFLAGS) -MMD -MP

LIB_SRC  := $(wildcard grader/observer/*.c grader/trace/*.c grader/sandbox/*.c \
                       grader/course/*.c grader/result/*.c \
                       grader/classroom/*.c grader/report/*.c)
CLI_SRC  := $(wildcard grader/cli/*.c)
CHECKS   := $(wildcard chapters/*/checks/*.c)
TEST_SRC := $(wildcard grader/tests/*.c)
# The soak's interpreter is a subject; main.c makes a program of its own.
SOAK_SUBJECT := $(wildcard grader/tests/soak/interpret*.c)
SOAK_SRC := $(filter-out $(SOAK_SUBJECT) grader/tests/soak/main.c, \
                         $(wildcard grader/tests/soak/*.c))
SUBJECTS := $(wildcard grader/tests/programs/*.c)
HELPERS  := $(wildcard grader/tests/helpers/*.c)

# What the binary carries with it: lessons, starters, the student's own files.
EMBEDDED := $(wildcard chapters/*/README.md chapters/*/starter/*.c \
                       starter/Makefile starter/README.md starter/notes/* \
                       report/report.html report/report.css report/filter.lua)

obj = $(patsubst %.c,$(BUILD)/obj/%.o,$(1))

all: $(BUILD)/proclab ## build build/proclab
.PHONY: all

$(BUILD)/proclab: $(call obj,$(CLI_SRC) $(LIB_SRC) $(CHECKS)) $(BUILD)/obj/embedded.o
	printf '  LD      %s\n' $@
	$(CC) $(CFLAGS) $(SANFLAGS) $^ $(LDFLAGS) $(LIBS) -o $@

$(BUILD)/obj/%.o: %.c | $(BUILD)/.packages
	mkdir -p $(@D)
	printf '  CC      %s\n' $<
	$(CC) $(ALL_CFLAGS) -c $< -o $@

$(BUILD)/obj/embedded.o: $(EMBEDDED) grader/course/embed.sh Makefile
	mkdir -p $(@D)
	printf '  EMBED   %s\n' $@
	grader/course/embed.sh $(EMBEDDED) > $(BUILD)/obj/embedded.s
	$(CC) -c $(BUILD)/obj/embedded.s -o $@

# One program with every Check suite; the subjects it runs lie beside it.
$(BUILD)/unit-tests: $(call obj,$(TEST_SRC) $(SOAK_SRC) $(LIB_SRC) $(CHECKS)) $(BUILD)/obj/embedded.o
	printf '  LD      %s\n' $@
	$(CC) $(CFLAGS) $(SANFLAGS) $^ $(LDFLAGS) $(LIBS) -o $@

$(BUILD)/subjects/%: grader/tests/programs/%.c $(wildcard grader/tests/programs/*.h)
	mkdir -p $(@D)
	printf '  SUBJECT %s\n' $*
	$(CC) -std=gnu17 -O1 -g -Wall -D_GNU_SOURCE $< -o $@ -pthread -lrt

$(BUILD)/subjects/interpret: $(SOAK_SUBJECT) grader/tests/soak/interpret.h \
                             grader/tests/programs/subject.h
	mkdir -p $(@D)
	printf '  SUBJECT %s\n' interpret
	$(CC) -std=gnu17 -O1 -g -Wall -D_GNU_SOURCE $(SOAK_SUBJECT) -o $@ -pthread

$(BUILD)/soak: $(call obj,$(SOAK_SRC) grader/tests/soak/main.c \
                 $(addprefix grader/tests/,native.c observed.c sound.c \
                             subject_list.c) \
                 $(wildcard grader/observer/*.c grader/trace/*.c \
                            grader/sandbox/*.c))
	printf '  LD      %s\n' $@
	$(CC) $(CFLAGS) $(SANFLAGS) $^ $(LDFLAGS) $(LIBS) -o $@

subjects: $(patsubst grader/tests/programs/%.c,$(BUILD)/subjects/%,$(SUBJECTS)) \
          $(BUILD)/subjects/interpret

# What the tests' scripts need besides proclab.
$(BUILD)/helpers/%: grader/tests/helpers/%.c
	mkdir -p $(@D)
	printf '  HELPER  %s\n' $*
	$(CC) -std=gnu17 $(WARN) $(CFLAGS) -D_GNU_SOURCE $< -o $@ -lseccomp

subjects: $(patsubst grader/tests/helpers/%.c,$(BUILD)/helpers/%,$(HELPERS))
.PHONY: subjects

setup: ## install the Debian packages that are missing
	packaging/setup.sh
.PHONY: setup

# Packages come first also under -j: recipe lines, no prerequisites.
demo: ## install what is missing, build, grade a made-up class
	packaging/setup.sh
	$(MAKE) all
	packaging/demo.sh $(BUILD)/proclab
.PHONY: demo

# Without root and without those tools their scripts are left out.
test: ## install what is missing and run every test
	packaging/setup.sh
	packaging/setup.sh --for install
	packaging/setup.sh --for test || true
	docs/check-links.sh
	$(MAKE) all subjects $(BUILD)/unit-tests
	grader/tests/run.sh $(BUILD)
.PHONY: test

# The long forms of what `make test` does shortly.
matrix: SCHEDULES ?= 24
matrix: SEED ?= 1
matrix: ## grade every program there is (SCHEDULES=24 SEED=1 ONLY=/right/)
	packaging/setup.sh
	$(MAKE) all $(BUILD)/unit-tests
	status=0; SCHEDULES=$(SCHEDULES) SEED=$(SEED) ONLY='$(ONLY)' \
	    MATRIX=$(BUILD)/matrix.md $(BUILD)/unit-tests matrix || status=$$?; \
	head -n 1 $(BUILD)/matrix.md; \
	echo "The table is in $(BUILD)/matrix.md."; exit $$status
.PHONY: matrix

rare: SEEDS ?= 100
rare: NATIVE ?= 100
rare: ## how often are rare orders found? (SEEDS=100 NATIVE=100)
	packaging/setup.sh
	$(MAKE) all
	grader/tests/rare.sh $(BUILD) $(SEEDS) $(NATIVE)
.PHONY: rare

mutants: STEP ?= 1
mutants: SEED ?= 1
mutants: ## grade solutions with a small mistake each (STEP=1 ONLY=words)
	packaging/setup.sh
	$(MAKE) all $(BUILD)/unit-tests
	status=0; STEP=$(STEP) SEED=$(SEED) ONLY='$(ONLY)' \
	    MUTANTS=$(BUILD)/mutants.md $(BUILD)/unit-tests mutants || status=$$?; \
	head -n 1 $(BUILD)/mutants.md; \
	echo "Who survived is in $(BUILD)/mutants.md."; exit $$status
.PHONY: mutants

class-test: N ?= 200
class-test: SEED ?= 1
class-test: ## grade a made-up class of N=200, also killed in the middle
	packaging/setup.sh
	$(MAKE) all $(BUILD)/unit-tests
	N=$(N) SEED=$(SEED) $(BUILD)/unit-tests class
.PHONY: class-test

killed: N ?= 50
killed: SEED ?= $(shell date +%s)
killed: ## kill a grading at N=50 moments: nothing may be left
	packaging/setup.sh
	$(MAKE) all $(BUILD)/unit-tests
	echo "seed $(SEED)"
	N=$(N) SEED=$(SEED) $(BUILD)/unit-tests killed
.PHONY: killed

soak: MINUTES ?= 10
soak: SEED ?= $(shell date +%s)
soak: ## random programs on a loaded machine (MINUTES=10 SEED=)
	packaging/setup.sh
	$(MAKE) all subjects $(BUILD)/soak
	PROCLAB=$(BUILD)/proclab PROCLAB_SUBJECTS=$(BUILD)/subjects \
	    $(BUILD)/soak --minutes $(MINUTES) --seed $(SEED) \
	    --cases $(BUILD)/soak-cases
.PHONY: soak

soak-again: ## do a case of the soak again (CASE=build/soak-cases/case-1)
	$(MAKE) all subjects $(BUILD)/soak
	PROCLAB=$(BUILD)/proclab PROCLAB_SUBJECTS=$(BUILD)/subjects \
	    $(BUILD)/soak --again $(CASE)
.PHONY: soak-again

repeat: N ?= 300
repeat: ## grade N=300 times under load: the same bytes (EXERCISES=)
	packaging/setup.sh
	$(MAKE) all
	grader/tests/repeat.sh $(BUILD)/proclab $(N) $(BUILD)/repeat $(EXERCISES)
.PHONY: repeat

sanitize: ## every test under AddressSanitizer and UBSan, in build-san
	packaging/setup.sh
	$(MAKE) SAN=1 BUILD=$(BUILD)-san all subjects $(BUILD)-san/unit-tests
	grader/tests/run.sh $(BUILD)-san
.PHONY: sanitize

valgrind: ## the suites that do not observe, under valgrind
	packaging/setup.sh --for valgrind
	$(MAKE) all $(BUILD)/unit-tests
	grader/tests/valgrind.sh $(BUILD)
.PHONY: valgrind

figures: all ## make transcripts, pictures and what pages show again
	chapters/figures.sh $(BUILD)/proclab
	docs/misconceptions.sh
	docs/gallery.sh $(BUILD)/proclab
	docs/pictures.sh $(BUILD)/proclab
	for lesson in chapters/*/README.md; do \
	    chapter=$$(basename "$$(dirname "$$lesson")"); \
	    report/notes.sh "$$chapter" >"starter/notes/$$chapter.md" || exit; \
	done
	docs/console.sh $(BUILD)/proclab
.PHONY: figures

messages: all ## what is said of each wrong program, to read: build/messages.md
	docs/messages.sh $(BUILD)/proclab $(BUILD)/messages.md
.PHONY: messages

transparency: ## foreign test suites: observed as natively?
	packaging/setup.sh
	packaging/setup.sh --for transparency
	$(MAKE) all
	case '$(MODULES) $(PART)' in ' '|' scripts') \
	    grader/tests/foreign/scripts.sh $(BUILD)/proclab ;; esac
	[ '$(PART)' = scripts ] || /usr/bin/python3.11 -B \
	    grader/tests/foreign/transparency.py $(BUILD)/proclab \
	    docs/transparency.md $(BUILD)/transparency '$(PART)' $(MODULES)
.PHONY: transparency

bench: ## measure what observing costs; writes build/bench.json
	packaging/setup.sh
	packaging/setup.sh --for docs
	$(MAKE) all
	bench/run.sh $(BUILD)
.PHONY: bench

# DESTDIR= goes in front of PREFIX, as packagers want it.
BIN = $(DESTDIR)$(PREFIX)/bin
MAN = $(DESTDIR)$(PREFIX)/share/man/man1
COMPLETION = $(DESTDIR)$(PREFIX)/share/bash-completion/completions
LOOK = $(DESTDIR)$(PREFIX)/share/proclab/report
LOOK_FILES = report.html report.css filter.lua

man: all ## the manual pages, in build/man
	packaging/setup.sh --for install
	packaging/man.sh $(BUILD)/proclab $(BUILD)/man
.PHONY: man

install: man ## install the program and its manual (PREFIX=/usr/local DESTDIR=)
	install -d $(BIN) $(MAN) $(COMPLETION) $(LOOK)
	install -m 755 $(BUILD)/proclab $(BIN)/proclab
	install -m 644 $(BUILD)/man/*.1 $(MAN)
	install -m 644 packaging/proclab.bash $(COMPLETION)/proclab
	install -m 644 $(addprefix report/,$(LOOK_FILES)) $(LOOK)
	echo "Installed: $(BIN)/proclab, manual and completion"
.PHONY: install

uninstall: all ## remove what `make install` has put there
	rm -f $(BIN)/proclab $(COMPLETION)/proclab $(addprefix $(LOOK)/,$(LOOK_FILES))
	rmdir $(LOOK) $(dir $(LOOK)) 2>/dev/null || :
	cd $(MAN) 2>/dev/null && \
	    rm -f $$($(CURDIR)/packaging/man.sh --list $(abspath $(BUILD))/proclab) || :
.PHONY: uninstall

report: ## the sample report: build/report.html and .pdf
	packaging/setup.sh
	packaging/setup.sh --for report
	$(MAKE) all
	report/sample.sh $(BUILD)/proclab $(BUILD)
.PHONY: report

docs: ## one site of all that is written: build/docs/index.html
	packaging/setup.sh --for docs
	docs/build.sh $(BUILD)
.PHONY: docs

$(BUILD)/.packages: ; mkdir -p $(@D) && touch $@

clean: ## remove what was built
	rm -rf $(BUILD)
.PHONY: clean

help: ## this list
	awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
.PHONY: help

-include $(shell find $(BUILD)/obj -name '*.d' 2>/dev/null)
