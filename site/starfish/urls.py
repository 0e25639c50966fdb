"""Every address, with an example above each."""

from __future__ import annotations

import re

from django.conf import settings
from django.urls import URLPattern, URLResolver, path, register_converter
from django.urls.converters import StringConverter

from starfish.assessment.urls import urlpatterns as check_urls
from starfish.documents import views as documents
from starfish.documents.papers import LESSON_FILES, PACK
from starfish.lessons import converters as converters  # `<length:length>`
from starfish.lessons import find, open_data, practise, read, search, teach
from starfish.pages import views as pages
from starfish.publishing import offline
from starfish.schools.urls import urlpatterns as staff_urls
from starfish.support import guides, help_pages


class FileConverter(StringConverter):
    """A file of a lesson to take away."""

    regex = "|".join(re.escape(name) for name in (*LESSON_FILES, PACK))


register_converter(FileConverter, "file")

urlpatterns: list[URLPattern | URLResolver] = [
    # eg: /
    path("", find.front, name="front"),
    # eg: /lessons/?age=7-9&strand=telling&minutes=30
    path("lessons/", find.lessons, name="lessons"),
    # eg: /lessons/tell-and-tell-again.json
    path("lessons/<slug:lesson_id>.json", open_data.lesson, name="lesson-data"),
    # eg: /lessons/tell-and-tell-again/
    path("lessons/<slug:lesson_id>/", read.overview, name="lesson"),
    # eg: /lessons/tell-and-tell-again/plan/
    path("lessons/<slug:lesson_id>/plan/", read.plan, name="plan"),
    # eg: /lessons/tell-and-tell-again/plan/15/
    path("lessons/<slug:lesson_id>/plan/<length:length>/", read.plan, name="plan-of-length"),
    # eg: /lessons/tell-and-tell-again/slides/
    path("lessons/<slug:lesson_id>/slides/", teach.slides, name="slides"),
    # eg: /lessons/tell-and-tell-again/home/
    path("lessons/<slug:lesson_id>/home/", read.home, name="lesson-home"),
    # eg: /lessons/tell-and-tell-again/practise/
    path("lessons/<slug:lesson_id>/practise/", practise.stories, name="practise"),
    # eg: /lessons/tell-and-tell-again/easy-read/
    path("lessons/<slug:lesson_id>/easy-read/", read.easy_read, name="easy-read"),
    # eg: /lessons/tell-and-tell-again/plan.pdf
    path("lessons/<slug:lesson_id>/<file:file>", documents.lesson_file, name="lesson-file"),
    # eg: /at-home/
    path("at-home/", find.at_home, name="at-home"),
    # eg: /ages/7-9/
    path("ages/<slug:band_id>/", find.band, name="band"),
    # eg: /ages/7-9/pack.zip
    path("ages/<slug:band_id>/pack.zip", documents.band_pack, name="band-pack"),
    # eg: /strands/telling/
    path("strands/<slug:strand_id>/", find.strand, name="strand"),
    # eg: /curriculum/
    path("curriculum/", find.frameworks, name="frameworks"),
    # eg: /curriculum/coverage/
    path("curriculum/coverage/", find.coverage, name="coverage"),
    # eg: /curriculum/rshe-england-2025.csv
    path("curriculum/<slug:framework_id>.csv", open_data.framework_csv, name="framework-csv"),
    # eg: /curriculum/rshe-england-2025.json
    path("curriculum/<slug:framework_id>.json", open_data.framework_json, name="framework-json"),
    # eg: /curriculum/rshe-england-2025/
    path("curriculum/<slug:framework_id>/", find.framework, name="framework"),
    # eg: /help/?country=gb
    path("help/", help_pages.choose, name="help"),
    # eg: /help/gb/
    path("help/<slug:code>/", help_pages.country, name="help-country"),
    # eg: /help/gb/card.pdf
    path("help/<slug:code>/card.pdf", documents.help_card, name="help-card"),
    # eg: /guides/
    path("guides/", guides.every_guide, name="guides"),
    # eg: /guides/when-a-child-tells-you/
    path("guides/<slug:guide_id>/", guides.guide, name="guide"),
    # eg: /guides/when-a-child-tells-you/guide.pdf
    path("guides/<slug:guide_id>/guide.pdf", documents.guide_file, name="guide-file"),
    # eg: /my-starfish/
    path("my-starfish/", practise.my_starfish, name="my-starfish"),
    # eg: /my-starfish/starfish.pdf
    path("my-starfish/starfish.pdf", documents.starfish_sheet, name="starfish-sheet"),
    # eg: /search/
    path("search/", search.page, name="search"),
    # eg: /search/index.json
    path("search/index.json", search.index, name="search-index"),
    # eg: /evidence/
    path("evidence/", find.evidence, name="evidence"),
    # eg: /about/
    *(path(f"{page}/", pages.about, {"page": page}, name=page) for page in pages.ABOUT_PAGES),
    # eg: /pictures/shell.0a1b2c3d4e5f.svg
    path("pictures/<slug:picture_id>.<slug:digest>.svg", pages.picture, name="picture"),
    # eg: /catalogue.json
    path("catalogue.json", open_data.catalogue, name="catalogue"),
    # eg: /sitemap.xml
    path("sitemap.xml", open_data.sitemap, name="sitemap"),
    # eg: /feed.atom
    path("feed.atom", open_data.feed, name="feed"),
    # eg: /favicon.ico
    path("favicon.ico", open_data.icon, name="icon"),
    # eg: /robots.txt
    path("robots.txt", open_data.robots, name="robots"),
    # eg: /offline/
    path("offline/", offline.page, name="offline"),
    # eg: /offline/starfish-offline.zip
    path("offline/starfish-offline.zip", offline.stick, name="offline-stick"),
    # eg: /offline/tell-and-tell-again.json
    path("offline/<slug:lesson_id>.json", offline.lesson, name="offline-lesson"),
    # eg: /offline-worker.js
    path("offline-worker.js", offline.worker, name="offline-worker"),
    # eg: /healthz
    path("healthz", pages.health, name="health"),
    *check_urls,
    *staff_urls,
]

if settings.DEBUG:
    # eg: /components/
    urlpatterns.append(path("components/", pages.gallery, name="components"))

handler400 = "starfish.pages.views.bad_request"
handler403 = "starfish.pages.views.refused"
handler404 = "starfish.pages.views.not_found"
handler500 = "starfish.schools.refusals.broke"
