module example.org/sample-site

go 1.15

require github.com/wowchemy/wowchemy-hugo-themes/modules/wowchemy/v5 v5.7.0
