# SQL that fills a press with N invented articles over ten days up to NOW, for bench/press.sh: awk -v n=100000 -v now=SECONDS -f fill.awk
# Stories have a few large and many small sizes; words are made of syllables, the same each run.
function rnd(k) { seed = (seed * 1103515245 + 12345) % 2147483648; return int(seed / 65536) % k }
function word(i,  s) {
	s = ""
	for (i = i + 7; i > 0; i = int(i / 20))
		s = s syllable[i % 20 + 1]
	return s
}
function sentence(words, topic,  s, i) {
	s = toupper(substr(word(topic), 1, 1)) substr(word(topic), 2)
	for (i = 1; i < words; i++)
		s = s " " (rnd(3) ? word(rnd(4000)) : word(topic + rnd(12)))
	return s "."
}
function text(topic,  s, p, i) {
	s = ""
	for (p = 0; p < 5; p++) {
		for (i = 0; i < 3; i++)
			s = s (i ? " " : "") sentence(18, topic)
		s = s "\n\n"
	}
	return s
}
BEGIN {
	seed = 20260306
	split("ba ce di fo gu ha je ki lo mu na pe ri so tu va we xi yo zu", syllable, " ")
	split("world business markets politics technology science culture", beats, " ")
	split("news news news news news opinion magazine culture", kinds, " ")
	print "BEGIN;"
	for (f = 1; f <= 200; f++)
		printf "INSERT INTO feed (id,url,title,source,kind,beat,language,state,added_at,due_at,failures,outcome,moved_times) VALUES (%d,'https://paper%d.example/feed.xml','Paper %d','Paper %d','%s','%s','en','active',%d,%d,0,'12 items',0);\n", f, f, f, int(f / 2), kinds[f % 8 + 1], beats[f % 7 + 1], now, now + 86400
	story = 0
	for (i = 1; i <= n;) {
		story++
		size = rnd(10) ? 1 + rnd(5) : 5 + rnd(40)
		first = now - 864000 + int((i / n) * 864000)
		topic = 4000 + story * 3
		title = sentence(9, topic); sub(/\.$/, "", title)
		for (a = 0; a < size && i <= n; a++) {
			f = rnd(200) + 1
			at = (first + a * 900 < now ? first + a * 900 : now - 60)
			t = text(topic)
			printf "INSERT INTO article (id,feed_id,identity,guid,url,title,authors,source,kind,beat,language,published_at,seen_at,dated_at,position,state,tries,story_id,length,summary,text) VALUES (%d,%d,'https://paper%d.example/%d',NULL,'https://paper%d.example/%d','%s','Ada Quill','Paper %d','%s','%s','en',%d,%d,%d,%d,'read',1,%d,%d,'%s','%s');\n", i, f, f, i, f, i, title " " i, int(f / 2), kinds[f % 8 + 1], beats[f % 7 + 1], at, at, at, rnd(40), story, length(t), sentence(20, topic), t
			i++
		}
		printf "INSERT INTO story (id,title,language,first_at,last_at,articles,sources) VALUES (%d,'%s','en',%d,%d,%d,%d);\n", story, title, first, at, size, (size > 1 ? int(size / 2) + 1 : 1)
	}
	print "COMMIT;"
}
